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

/** Said as what it is: a bare number beside a title says nothing to who cannot see it. */
const Ordinal = ({ number }: { readonly number: number }) => <span role="img" aria-label={t('picture.version', { number })} className="faint number">{number}</span>

interface PictureTileProps extends Place {
  readonly project: string
  readonly picture: GalleryPicture
}

export const PictureTile = memo(function PictureTile(props: PictureTileProps) {
  const { project, picture, title, index, total, width, height, isSelected } = props
  const { picked } = picture
  return (
    <div
      id={`tile-${index}`} role="option" aria-selected={isSelected} aria-posinset={index + 1} aria-setsize={total}
      className={tileClass(props, picked === false ? ' is-aside' : '')} style={{ width }} data-index={index}
    >
      <span className="tile-picture" style={{ height }}><img src={pictureUrl(project, picture.hash, 320)} alt="" decoding="async" draggable={false} /></span>
      <span className="tile-line">
        <span className="tile-name">{title}</span>
        <Ordinal number={picture.ordinal} />
        {picked === null ? null : <span role="img" aria-label={t(picked ? 'picture.kept' : 'picture.is-aside')} className={picked ? 'mark-kept' : 'mark-aside'}><Icon name={picked ? 'check' : 'x'} small /></span>}
      </span>
    </div>
  )
})

/** Height of a line of a text, and what is around the lines, in pixels; the style sheet has the same. */
const [line, around] = [18, 24]

/** Core keeps so many characters of a text, and cuts a word where it must. */
const kept = 200
const firstWords = (beginning: string): string => (beginning.length < kept ? beginning : beginning.replace(/\s*\S*$/, '…'))

interface TextTileProps extends Place {
  readonly text: GalleryText
  readonly state: ReviewState
}

/** A text as a card: its first words, as far as they fit. Its title is drawn below them and read before them. */
export const TextTile = memo(function TextTile(props: TextTileProps) {
  const { text, title, state, index, total, width, height, isSelected } = props
  return (
    <div
      id={`tile-${index}`} role="option" aria-selected={isSelected} aria-posinset={index + 1} aria-setsize={total}
      className={tileClass(props, ' is-text')} style={{ width }} data-index={index}
    >
      <span className="tile-line">
        <span className="tile-name">{title}</span>
        <Ordinal number={text.ordinal} />
        <span role="img" aria-label={t(`state.${state}`)} className="state"><StateShape state={state} /></span>
      </span>
      <span className="tile-text" style={{ height }}>
        {text.beginning === '' ? <span className="faint">{t('gallery.no-words')}</span> : <span className="tile-words" style={{ WebkitLineClamp: Math.max(1, Math.floor((height - around) / line)) }}>{firstWords(text.beginning)}</span>}
      </span>
    </div>
  )
})
