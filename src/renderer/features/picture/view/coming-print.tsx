import { previewUrl } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import type { Output } from '../use-picture-jobs.js'
import type { Size } from './zoom.js'

interface ComingPrintProps {
  readonly output: Output
  readonly width: number
  readonly height: number
  /** Told what the preview measures, in its own pixels. */
  readonly onSize: (size: Size) => void
}

/** A picture while it is made, where it will lie. */
export function ComingPrint({ output, width, height, onSize }: ComingPrintProps) {
  return (
    <div className="print print-making" style={{ width, height }}>
      {output.preview === null ? null : (
        <img src={previewUrl(output.job, output.output, output.preview)} alt={t('picture.preview-of', { number: output.output + 1 })} onLoad={({ currentTarget }) => onSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })} />
      )}
      <span className="print-progress" style={{ width: `${Math.round((output.share ?? 0) * 100)}%` }} />
    </div>
  )
}
