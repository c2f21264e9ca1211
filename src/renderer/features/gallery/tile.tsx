import { memo } from 'react'
import { pictureUrl, type GalleryPicture, type GalleryText, type ReviewState } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import { StateShape } from '../../ui/review-state.js'

interface Place {
  readonly title: string
  /** Place in the order, from 0. What is pressed is found by it, so that no tile has a listener of its own. */
  readonly index: number
  readonly total: number
  readonly width: number
  readonly height: number
  readonly isSelected: boolean
  readonly isFocused: boolean
}

const tileClass = ({ isSelected, isFocused }: Place, more = ''): string => `tile${isSelected ? ' is-sel' : ''}${isFocused ? ' is-here' : ''}${more}`

interface PictureTileProps extends Place {
  readonly project: string
  readonly picture: GalleryPicture
}

export const PictureTile = memo(function PictureTile(props: PictureTileProps) {
  const { project, picture, title, index, total, width, height, isSelected } = props
  const { picked } = picture
  const mark = picked === null ? '' : `, ${t(picked ? 'picture.kept' : 'picture.is-aside')}`
  return (
    <div
      id={`tile-${index}`} role="option" aria-label={`${title}, ${t('picture.version', { number: picture.ordinal })}${mark}`} aria-selected={isSelected} aria-posinset={index + 1} aria-setsize={total}
      className={tileClass(props, picked === false ? ' is-aside' : '')} style={{ width }} data-index={index}
    >
      <span className="tile-picture" style={{ height }}><img src={pictureUrl(project, picture.hash, 320)} alt="" decoding="async" draggable={false} /></span>
      <span className="tile-line">
        <span className="tile-name">{title}</span>
        {picked === null ? null : <span className={picked ? 'mark-kept' : 'mark-aside'}><Icon name={picked ? 'check' : 'x'} small /></span>}
        <span className="faint number" aria-hidden="true">{picture.ordinal}</span>
      </span>
    </div>
  )
})

/** Height of a line of a text, and what is around the lines, in pixels; the style sheet has the same. */
const [line, around] = [18, 24]

interface TextTileProps extends Place {
  readonly text: GalleryText
  readonly state: ReviewState
}

/** A text as a card: its first words, as far as they fit. */
export const TextTile = memo(function TextTile(props: TextTileProps) {
  const { text, title, state, index, total, width, height, isSelected } = props
  return (
    <div
      id={`tile-${index}`} role="option" aria-label={`${title}, ${t('picture.version', { number: text.ordinal })}, ${t(`state.${state}`)}`} aria-description={text.beginning || undefined} aria-selected={isSelected} aria-posinset={index + 1} aria-setsize={total}
      className={tileClass(props, ' is-text')} style={{ width }} data-index={index}
    >
      <span className="tile-text" aria-hidden="true" style={{ height }}>
        {text.beginning === '' ? <span className="faint">{t('gallery.no-words')}</span> : <span className="tile-words" style={{ WebkitLineClamp: Math.max(1, Math.floor((height - around) / line)) }}>{text.beginning}</span>}
      </span>
      <span className="tile-line">
        <span className="tile-name">{title}</span>
        <StateShape state={state} />
        <span className="faint number" aria-hidden="true">{text.ordinal}</span>
      </span>
    </div>
  )
})
