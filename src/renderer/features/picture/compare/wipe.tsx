import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { t } from '../../../messages/t.js'
import { Icon } from '../../../ui/icon.js'

export interface WipeSide {
  readonly src: string
  readonly alt: string
  readonly tag: string
}

interface WipeProps {
  readonly old: WipeSide
  readonly fresh: WipeSide
  readonly ratio: number
}

/** Two pictures on one place, with a divider between them. */
export function Wipe({ old, fresh, ratio }: WipeProps) {
  const [at, setAt] = useState(50)
  const move = (value: number): void => setAt(Math.max(0, Math.min(100, value)))

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return
    event.preventDefault()
    const stage = event.currentTarget
    const box = stage.getBoundingClientRect()
    const drag = (next: Event | PointerEvent): void => move((((next as globalThis.PointerEvent).clientX - box.left) / box.width) * 100)
    stage.setPointerCapture(event.pointerId)
    drag(event)
    const end = (): void => {
      stage.removeEventListener('pointermove', drag)
      stage.removeEventListener('lostpointercapture', end)
    }
    stage.addEventListener('pointermove', drag)
    stage.addEventListener('lostpointercapture', end)
    stage.querySelector<HTMLElement>('[role="slider"]')?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1
    const to = { ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step, Home: 0, End: 100 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }

  return (
    <div className="wipe" style={{ aspectRatio: String(ratio), '--ratio': ratio } as React.CSSProperties} onPointerDown={onPointerDown}>
      <img src={fresh.src} alt={fresh.alt} draggable={false} />
      <img src={old.src} alt={old.alt} draggable={false} style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }} />
      <span
        className="wipe-line" style={{ insetInlineStart: `${at}%` }} role="slider" tabIndex={0} aria-label={t('compare.divider')} aria-orientation="horizontal"
        aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(at)} onKeyDown={onKeyDown}
      >
        <i><Icon name="left" small /><Icon name="right" small /></i>
      </span>
      <span className="wipe-tag is-old">{old.tag}</span>
      <span className="wipe-tag is-fresh">{fresh.tag}</span>
    </div>
  )
}
