import './frame.css'
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { dragHandle, drawBox, handles, moveBox, type Box, type Handle, type Limits, type Point } from './box.js'

interface FrameProps {
  readonly box: Box
  readonly limits: Limits
  /** What an arrow key moves by, in the unit of the limits; with Ctrl ten times as much. */
  readonly step: number
  readonly label: string
  readonly handleLabel: (handle: Handle) => string
  /** Takes focus when it is shown, and each time that this turns true. */
  readonly takesFocus: boolean
  /** Clear of the pointer, while the view is moved. */
  readonly isInert?: boolean
  /** What is outside is dimmed only a little: it is looked at as well. */
  readonly isQuiet?: boolean
  /** Thirds are shown, to compose by. */
  readonly hasThirds?: boolean
  readonly onChange: (box: Box) => void
  /** A box was drawn or moved with the pointer, and let go. */
  readonly onLetGo?: () => void
  /** The picture was pressed outside of the box and nothing was drawn. */
  readonly onTap?: (at: Point) => void
  readonly onEnter: () => void
  readonly onLeave: () => void
}

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
/** Closer together than this many pixels of the page, press and release are a click and no drawing. */
const clickRange = 4

/**
 * A frame on a picture, with what is outside of it dimmed. It is drawn anew by dragging over the picture, moved by dragging inside it
 * or with the arrow keys, and sized by its handles, or with Shift and the arrow keys at its right and lower edge.
 */
export function Frame({ box, limits, step, label, handleLabel, takesFocus, isInert = false, isQuiet = false, hasThirds = false, onChange, onLetGo, onTap, onEnter, onLeave }: FrameProps) {
  const layer = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => { if (takesFocus) body.current?.focus() }, [takesFocus])
  const { width, height } = limits.bounds

  /** Follows the pointer from here; `to` is told where it is, in the unit of the limits. */
  function follow(event: PointerEvent, to: (start: Point, now: Point) => Box, onTapped?: (at: Point) => void): void {
    const element = layer.current
    if (event.button !== 0 || !element) return
    event.preventDefault()
    event.stopPropagation()
    const rect = element.getBoundingClientRect()
    const at = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => ({ x: ((clientX - rect.left) / rect.width) * width, y: ((clientY - rect.top) / rect.height) * height })
    const from = { x: event.clientX, y: event.clientY }
    const start = at(event)
    let moved = false
    const drag = (next: Event): void => {
      const pointer = next as globalThis.PointerEvent
      moved ||= Math.hypot(pointer.clientX - from.x, pointer.clientY - from.y) >= clickRange
      if (moved) onChange(to(start, at(pointer)))
    }
    const end = (): void => {
      element.removeEventListener('pointermove', drag)
      element.removeEventListener('lostpointercapture', end)
      if (moved) onLetGo?.()
      else onTapped?.(start)
    }
    element.setPointerCapture(event.pointerId)
    element.addEventListener('pointermove', drag)
    element.addEventListener('lostpointercapture', end)
  }

  function onKeyDown(event: KeyboardEvent, handle: Handle | null): void {
    const arrow = arrows[event.key]
    if (event.altKey || (!arrow && event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') return onEnter()
    if (event.key === 'Escape' || !arrow) return onLeave()
    const by = step * (event.ctrlKey || event.metaKey ? 10 : 1)
    const pulls = handle ?? (event.shiftKey ? 'se' : null)
    onChange(pulls ? dragHandle(box, pulls, arrow[0] * by, arrow[1] * by, limits) : moveBox(box, arrow[0] * by, arrow[1] * by, limits))
  }

  const place = { left: `${(box.x / width) * 100}%`, top: `${(box.y / height) * 100}%`, width: `${(box.width / width) * 100}%`, height: `${(box.height / height) * 100}%` }
  return (
    <div ref={layer} className={`frame-layer ${isInert ? 'is-inert' : ''} ${isQuiet ? 'is-quiet' : ''}`} onPointerDown={(event) => follow(event, (start, now) => drawBox(start, now, limits), onTap)}>
      <div className="frame-shade"><span style={place} /></div>
      <div
        ref={body} className="frame" style={place} tabIndex={0} role="group" aria-label={label}
        onKeyDown={(event) => onKeyDown(event, null)} onPointerDown={(event) => { body.current?.focus(); follow(event, (start, now) => moveBox(box, now.x - start.x, now.y - start.y, limits)) }}
      >
        {hasThirds ? <span className="frame-thirds" /> : null}
        {handles.map((handle) => (
          <span
            key={handle} className={`frame-handle is-${handle}`} role="button" tabIndex={0} aria-label={handleLabel(handle)}
            onKeyDown={(event) => onKeyDown(event, handle)} onPointerDown={(event) => { event.currentTarget.focus(); follow(event, (start, now) => dragHandle(box, handle, now.x - start.x, now.y - start.y, limits)) }}
          />
        ))}
      </div>
    </div>
  )
}
