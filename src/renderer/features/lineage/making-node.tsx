import { previewUrl } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import type { Output } from '../picture/use-picture-jobs.js'
import { vars } from './vars.js'

/** The picture that is being made, where its version will stand. */
export function MakingNode({ output, x, y }: { readonly output: Output; readonly x: number; readonly y: number }) {
  return (
    <div className="node is-making" style={vars({ x, y })}>
      <span className="node-pic">{output.preview === null ? null : <img src={previewUrl(output.job, output.output, output.preview)} alt="" />}</span>
      <span className="node-cap"><Icon name="chip" /><span className="truncate number">{output.share === null ? t('picture.making') : t('picture.making-share', { percent: Math.round(output.share * 100) })}</span></span>
    </div>
  )
}
