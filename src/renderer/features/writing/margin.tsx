import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import type { PlacedMark } from './margin-layout.js'
import { useMarks } from './use-marks.js'
import type { ShownPiece } from './pieces.js'
import { useStore } from '../../state/store.js'
import type { TextDesk } from './text-desk.js'

const keys: Readonly<Record<string, 'next' | 'previous' | 'accept' | 'reject'>> = {
  j: 'next', k: 'previous', y: 'accept', n: 'reject', ArrowDown: 'next', ArrowUp: 'previous',
}

/** Decisions stand in the margin, each on its line: a number, a tick and a cross. J, K, Y and N act while the focus is here. */
export function Margin({ desk, isReadOnly }: { readonly desk: TextDesk; readonly isReadOnly: boolean }) {
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
    if (!name || (isReadOnly && (name === 'accept' || name === 'reject'))) return
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
        if (!piece) return null
        return <PieceMark key={mark.index} desk={desk} piece={piece} mark={mark} isCurrent={current === mark.index} onDecide={isReadOnly ? null : decide} />
      })}
    </div>
  )
}

interface PieceMarkProps {
  readonly desk: TextDesk
  readonly piece: ShownPiece
  readonly mark: PlacedMark
  readonly isCurrent: boolean
  /** Null where nothing can be decided. */
  readonly onDecide: ((index: number, outcome: 'accepted' | 'rejected') => void) | null
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
      {piece.changed ? <span className="text-changed">{t('proposal.text-changed')}</span> : null}
      {onDecide && !piece.changed ? <DecideButton outcome="accepted" number={number} onPress={() => onDecide(piece.index, 'accepted')} /> : null}
      {onDecide ? <DecideButton outcome="rejected" number={number} onPress={() => onDecide(piece.index, 'rejected')} /> : null}
    </span>
  )
}

interface DecideButtonProps {
  readonly outcome: 'accepted' | 'rejected'
  readonly number: number
  readonly onPress: () => void
}

/** Not a Tab stop: the mark is one, and its keys do the same. */
function DecideButton({ outcome, number, onPress }: DecideButtonProps) {
  const isYes = outcome === 'accepted'
  const label = isYes ? t('proposal.accept-piece', { number }) : t('proposal.reject-piece', { number })
  return (
    <button
      type="button" className={`icon-button icon-button-small ${isYes ? 'yes' : 'no'}`} tabIndex={-1} aria-label={label}
      title={`${label} (${isYes ? 'Y' : 'N'})`} onClick={onPress}
    >
      <Icon name={isYes ? 'check' : 'x'} />
    </button>
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
