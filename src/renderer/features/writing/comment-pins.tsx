import type { EditorView } from 'prosemirror-view'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../messages/t.js'
import { currentThread, showReview } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { commentsOf, type CommentMark } from './comments-plugin.js'
import { stackMarks } from './margin-layout.js'

/** Height that one pin needs, in pixels. */
const row = 26

interface PlacedPin {
  readonly mark: CommentMark
  readonly top: number
}

interface CommentPinsProps {
  readonly view: EditorView
  /** Calls back whenever the text or its comments changed; answers with a function that ends it. */
  readonly follow: (listener: () => void) => () => void
}

/** A pin beside each line whose words somebody commented on. Pressing one shows its thread. */
export function CommentPins({ view, follow }: CommentPinsProps) {
  const element = useRef<HTMLDivElement>(null)
  const [pins, setPins] = useState<readonly PlacedPin[]>([])
  const current = useStore(currentThread)?.thread ?? null

  useEffect(() => {
    let frame = 0
    const place = (): void => {
      frame = 0
      if (!view.isDestroyed && element.current) {
        const next = measure(view, element.current.getBoundingClientRect().top)
        setPins((before) => (samePins(before, next) ? before : next))
      }
    }
    const soon = (): void => { frame ||= requestAnimationFrame(place) }
    const sizes = new ResizeObserver(soon)
    sizes.observe(view.dom)
    const end = follow(soon)
    document.fonts.addEventListener('loadingdone', soon)
    soon()
    return () => {
      end()
      sizes.disconnect()
      document.fonts.removeEventListener('loadingdone', soon)
      cancelAnimationFrame(frame)
    }
  }, [view, follow])

  return (
    <div ref={element} className="comment-pins" role="group" aria-label={t('review.pins')}>
      {pins.map(({ mark, top }) => (
        <button
          key={mark.id} type="button" className={`pin ${mark.isResolved ? 'is-done' : ''}`} style={{ insetBlockStart: top }}
          aria-label={t('review.pin', { number: mark.number, person: mark.person })} aria-current={mark.id === current || undefined}
          onClick={() => {
            currentThread.set({ thread: mark.id, from: 'text' })
            showReview()
          }}
        >
          {mark.number}
        </button>
      ))}
    </div>
  )
}

function measure(view: EditorView, top: number): readonly PlacedPin[] {
  const { marks, current } = commentsOf(view.state)
  const shown = marks.filter((mark) => !mark.isResolved || mark.id === current)
  const places = shown.flatMap((mark, index) => {
    const line = lineOf(view, mark.from)
    return line === null ? [] : [{ index, line: line - top }]
  })
  return stackMarks(places, row).map(({ index, top: at }) => ({ mark: shown[index]!, top: at }))
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

function samePins(one: readonly PlacedPin[], other: readonly PlacedPin[]): boolean {
  return one.length === other.length && one.every(({ mark, top }, index) => {
    const also = other[index]!
    return mark.id === also.mark.id && mark.number === also.mark.number && mark.isResolved === also.mark.isResolved && top === also.top
  })
}
