import type { ReactNode } from 'react'
import { pictureUrl, type VersionSummary } from '../../../../contract/index.js'
import { formatNumber } from '../../../format/size.js'
import { t } from '../../../messages/t.js'
import { Select } from '../../../ui/select.js'
import { Slider } from '../../../ui/slider.js'
import type { PictureWish } from './wish.js'

interface StartFieldProps {
  readonly project: string
  readonly versions: readonly VersionSummary[]
  readonly image: PictureWish['image']
  /** Shown at the end of the label's line. */
  readonly note?: ReactNode
  readonly onChange: (image: PictureWish['image']) => void
}

const nothing = 'nothing'
/** Most of the picture stays recognisable. */
const usualStrength = 0.6

/** A picture to start from, and how much of it may change. */
export function StartField({ project, versions, image, note, onChange }: StartFieldProps) {
  const pictures = versions.filter((version) => version.content.type === 'blob' && !version.removed)
  const chosen = pictures.find((version) => version.id === image?.version)
  const isElsewhere = image !== null && !chosen
  const choices = [
    { id: nothing, name: t('make.start-from-nothing') },
    ...(isElsewhere ? [{ id: image.version, name: t('make.start-from-other') }] : []),
    ...pictures.map((version) => ({ id: version.id, name: t('make.start-from-version', { number: version.ordinal }) })),
  ]
  const strength = image?.strength ?? usualStrength
  return (
    <>
      <div className="start-field">
        <Select label={t('make.start-from')} choices={choices} value={image?.version ?? nothing} onChange={(id) => onChange(id === nothing ? null : { version: id, strength })} />
        {chosen?.content.type === 'blob' ? <span className="thumb start-thumb"><img src={pictureUrl(project, chosen.content.hash, 160)} alt="" /></span> : null}
        {/* Beside the select and not in it: a button in there would open it. */}
        {note ? <div className="start-note">{note}</div> : null}
      </div>
      {image ? (
        <Slider label={t('make.change')} value={Math.round(strength * 100)} min={5} max={100} step={5} shown={`${formatNumber(strength * 100)}%`} onChange={(percent) => onChange({ version: image.version, strength: percent / 100 })} />
      ) : null}
    </>
  )
}
