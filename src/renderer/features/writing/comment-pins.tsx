import type { EditorView } from 'prosemirror-view'
import { useEffect, useRef, useState } from 'react'
import { formatNumber } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { currentThread, showReview } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { pinLook } from '../../ui/pin.js'
import { commentsOf, marksBetween, marksOf, mostDrawn, showPart, type CommentMark } from './comments-plugin.js'
import { placePins, type PlacedPin } from './pin-layout.js'
import { partInView } from './part-in-view.js'

/** Height that one pin needs, in pixels. */
const row = 26
/** How far around what is seen pins stand where there are many comments, and how far marks are drawn, in pixels. */
const around = 300
const drawnAround = 2000
/** While somebody types in such a text its pins follow this much later, in milliseconds. */
const later = 200

type Pin = PlacedPin<CommentMark>

interface CommentPinsProps {
  readonly view: EditorView
  /** Calls back whenever the text or its comments changed; answers with a function that ends it. */
  readonly follow: (listener: () => void) => () => void
}

/** A pin beside each line whose words somebody commented on. Pressing one shows its thread, or the next one of its line. */
export function CommentPins({ view, follow }: CommentPinsProps) {
  const element = useRef<HTMLDivElement>(null)
  const [pins, setPins] = useState<readonly Pin[]>([])
  const current = useStore(currentThread)?.thread ?? null

  useEffect(() => {
    let frame = 0
    const place = (): void => {
      frame = 0
      if (!view.isDestroyed && element.current) {
        keepDrawn(view)
        const next = measure(view, element.current.getBoundingClientRect().top)
        setPins((before) => (samePins(before, next) ? before : next))
      }
    }
    const soon = (): void => { frame ||= requestAnimationFrame(place) }
    let timer: ReturnType<typeof setTimeout> | null = null
    const changed = (): void => {
      if (commentsOf(view.state).infos.size <= mostDrawn) return soon()
      timer ??= setTimeout(() => {
        timer = null
        soon()
      }, later)
    }
    const scrolled = (): void => { if (commentsOf(view.state).infos.size > mostDrawn) soon() }
    const sizes = new ResizeObserver(soon)
    sizes.observe(view.dom)
    const end = follow(changed)
    const scroller = view.dom.closest('.work-scroll')
    scroller?.addEventListener('scroll', scrolled, { passive: true })
    document.fonts.addEventListener('loadingdone', soon)
    soon()
    return () => {
      end()
      if (timer !== null) clearTimeout(timer)
      sizes.disconnect()
      scroller?.removeEventListener('scroll', scrolled)
      document.fonts.removeEventListener('loadingdone', soon)
      cancelAnimationFrame(frame)
    }
  }, [view, follow])

  return (
    <div ref={element} className="comment-pins" role="group" aria-label={t('review.pins')}>
      {pins.map((pin) => <PinButton key={pin.marks[0]!.id} pin={pin} current={current} />)}
    </div>
  )
}

function PinButton({ pin: { marks, top }, current }: { readonly pin: Pin; readonly current: string | null }) {
  const at = marks.findIndex(({ id }) => id === current)
  const shown = marks[Math.max(0, at)]!
  const isMany = marks.length > 1
  const one = t('review.pin', { number: shown.number, person: shown.person })
  return (
    <button
      type="button" className={pinLook(isMany && at < 0 ? 0 : shown.number, { isMany, isDone: marks.every(({ isResolved }) => isResolved) })} style={{ insetBlockStart: top }}
      aria-label={isMany ? t('review.pins-of-line', { count: marks.length, shown: at < 0 ? '' : one }) : one} aria-current={at >= 0 || undefined}
      title={isMany ? t('review.pins-of-line', { count: marks.length, shown: '' }) : undefined}
      onClick={() => {
        currentThread.set({ thread: marks[(at + 1) % marks.length]!.id, from: 'text' })
        showReview()
      }}
    >
      {isMany && at < 0 ? `×${formatNumber(marks.length)}` : shown.number}
    </button>
  )
}

/** Where there are many comments, draws those around what is seen as soon as it is left. */
function keepDrawn(view: EditorView): void {
  const { infos, part } = commentsOf(view.state)
  if (infos.size <= mostDrawn) return
  const seen = partInView(view, around)
  if (part && part.from <= seen.from && part.to >= seen.to) return
  view.dispatch(showPart(view.state.tr.setMeta('addToHistory', false), partInView(view, drawnAround)))
}

function measure(view: EditorView, top: number): readonly Pin[] {
  const { infos, current } = commentsOf(view.state)
  const part = infos.size > mostDrawn ? partInView(view, around) : null
  const marks = part ? marksBetween(view.state, part.from, part.to) : marksOf(view.state)
  return placePins(
    marks.flatMap((mark) => {
      const line = mark.isResolved && mark.id !== current ? null : lineOf(view, mark.from)
      return line === null ? [] : [{ mark, line: line - top }]
    }),
    row,
  )
}

/** Where a pin stands beside the line of a position. */
function lineOf(view: EditorView, position: number): number | null {
  try {
    const box = view.coordsAtPos(position, 1)
    return (box.top + box.bottom) / 2 - 12
  } catch {
    return null
  }
}

function samePins(one: readonly Pin[], other: readonly Pin[]): boolean {
  return one.length === other.length && one.every(({ marks, top }, index) => {
    const also = other[index]!
    return top === also.top && marks.length === also.marks.length && marks.every((mark, at) => {
      const { id, number, isResolved } = also.marks[at]!
      return mark.id === id && mark.number === number && mark.isResolved === isResolved
    })
  })
}
