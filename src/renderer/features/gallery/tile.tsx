import { memo, type MouseEvent } from 'react'
import { pictureUrl, type GalleryPicture } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'

/** Pictures that were shown before are in the browser's cache and need no pause. */
const seen = new Set<string>()

interface TileProps {
  readonly project: string
  readonly picture: GalleryPicture
  readonly title: string
  readonly index: number
  readonly total: number
  readonly left: number
  readonly width: number
  readonly height: number
  readonly isSelected: boolean
  readonly isFocused: boolean
  /** While a person flies past, only the shape is drawn. */
  readonly isBare: boolean
  readonly onPress: (index: number, event: MouseEvent) => void
  readonly onOpen: (picture: GalleryPicture) => void
}

export const Tile = memo(function Tile({ project, picture, title, index, total, left, width, height, isSelected, isFocused, isBare, onPress, onOpen }: TileProps) {
  const mark = picture.picked === null ? null : picture.picked ? 'kept' : 'aside'
  return (
    <div
      id={`tile-${index}`} role="option" aria-selected={isSelected} aria-posinset={index + 1} aria-setsize={total}
      className={`tile ${isSelected ? 'is-sel' : ''} ${isFocused ? 'is-here' : ''} ${mark === 'aside' ? 'is-aside' : ''}`} style={{ insetInlineStart: left, width }}
      onClick={(event) => onPress(index, event)} onDoubleClick={() => onOpen(picture)}
    >
      <span className="tile-picture" style={{ height }}>
        {isBare && !seen.has(picture.hash) ? null : <img src={pictureUrl(project, picture.hash, 320)} alt="" decoding="async" draggable={false} onLoad={() => seen.add(picture.hash)} />}
      </span>
      <span className="tile-line">
        <span className="truncate">{title}</span>
        <span className="visually-hidden">, {t('picture.version', { number: picture.ordinal })}{mark ? `, ${t(mark === 'kept' ? 'picture.kept' : 'picture.is-aside')}` : ''}</span>
        {mark ? <span className={`mark-${mark}`}><Icon name={mark === 'kept' ? 'check' : 'x'} small /></span> : null}
        <span className="faint number" aria-hidden="true">{picture.ordinal}</span>
      </span>
    </div>
  )
})
