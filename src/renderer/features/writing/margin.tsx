import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import type { PlacedMark } from './margin-layout.js'
import { useMarks } from './use-marks.js'
import type { ShownPiece } from './pieces.js'
import { useStore } from '../../state/store.js'
import type { TextDesk } from './text-desk.js'

const keys: Readonly<Record<string, 'next' | 'previous' | 'accept' | 'reject'>> = { j: 'next', k: 'previous', y: 'accept', n: 'reject', ArrowDown: 'next', ArrowUp: 'previous' }

/** Decisions stand in the margin, each on its line: a number, a tick and a cross. J, K, Y and N act while the focus is here. */
export function Margin({ desk }: { readonly desk: TextDesk }) {
  const { proposal, current } = useStore(desk.proposals.shown)
  const element = useRef<HTMLDivElement>(null)
  const marks = useMarks(desk, element)

  useEffect(() => {
    if (current === null || !element.current?.contains(document.activeElement)) return
    // The mark may be drawn only after the text has scrolled to it; until then the margin itself keeps the focus.
    const mark = element.current.querySelector<HTMLElement>(`[data-mark="${current}"]`)
    ;(mark ?? element.current).focus({ preventScroll: true })
  }, [current, marks])

  if (!proposal) return null

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      desk.view?.focus()
      return
    }
    const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!name) return
    event.preventDefault()
    if (name === 'accept' || name === 'reject') keepFocus()
    desk.proposals.byKey(name)
  }

  /** Otherwise the focus would fall out of the margin with the mark that is taken away. */
  function keepFocus(): void {
    element.current?.focus({ preventScroll: true })
  }

  function decide(index: number, outcome: 'accepted' | 'rejected'): void {
    keepFocus()
    void desk.proposals.decide([index], outcome)
  }

  return (
    <div ref={element} className="piece-margin" role="group" aria-label={t('proposal.margin')} tabIndex={current === null ? 0 : -1} onKeyDown={onKeyDown}>
      {marks.map((mark) => {
        const piece = proposal.pieces[mark.index]
        return piece ? <PieceMark key={mark.index} desk={desk} piece={piece} mark={mark} isCurrent={current === mark.index} onDecide={decide} /> : null
      })}
    </div>
  )
}

interface PieceMarkProps {
  readonly desk: TextDesk
  readonly piece: ShownPiece
  readonly mark: PlacedMark
  readonly isCurrent: boolean
  readonly onDecide: (index: number, outcome: 'accepted' | 'rejected') => void
}

function PieceMark({ desk, piece, mark, isCurrent, onDecide }: PieceMarkProps) {
  const number = piece.index + 1
  const style = { insetBlockStart: `${mark.top}px`, '--moved': `${mark.moved}px` } as CSSProperties
  if (piece.outcome === 'accepted') {
    return (
      <span className="piece-mark is-done" style={style} data-moved={mark.moved > 0 || undefined}>
        <span className="number">{number}</span><Icon name="check" small />{t('proposal.accepted')}
      </span>
    )
  }
  return (
    <span
      className={`piece-mark ${isCurrent ? 'is-active' : ''}`} style={style} data-moved={mark.moved > 0 || undefined} data-mark={piece.index}
      role="group" aria-label={describe(piece)} tabIndex={isCurrent ? 0 : -1}
      onPointerDown={(event) => { if (event.target === event.currentTarget) desk.proposals.select(piece.index) }}
    >
      <span className="number">{number}</span>
      {piece.changed ? <span className="text-changed">{t('proposal.text-changed')}</span> : (
        <button type="button" className="icon-button icon-button-small yes" tabIndex={-1} aria-label={t('proposal.accept-piece', { number })} title={`${t('proposal.accept-piece', { number })} (Y)`} onClick={() => onDecide(piece.index, 'accepted')}>
          <Icon name="check" />
        </button>
      )}
      <button type="button" className="icon-button icon-button-small no" tabIndex={-1} aria-label={t('proposal.reject-piece', { number })} title={`${t('proposal.reject-piece', { number })} (N)`} onClick={() => onDecide(piece.index, 'rejected')}>
        <Icon name="x" />
      </button>
    </span>
  )
}

const longest = 120
const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

function describe(piece: ShownPiece): string {
  const number = piece.index + 1
  const words = shorten(piece.slice.content.textBetween(0, piece.slice.content.size, ' ', ' '))
  const old = shorten(piece.words)
  if (old === '') return t('proposal.insert', { number, words })
  return words === '' ? t('proposal.delete', { number, old }) : t('proposal.replace', { number, words, old })
}
