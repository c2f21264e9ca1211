import type { KeyboardEvent } from 'react'
import { t } from '../../../messages/t.js'
import { Icon } from '../../../ui/icon.js'

interface DividerProps {
  /** Share of what is seen of the picture, in percent. */
  readonly at: number
  /** Where that is on the table, in pixels. */
  readonly edge: number
  readonly onMove: (at: number) => void
}

/** The line between two pictures that lie over each other. */
export function Divider({ at, edge, onMove }: DividerProps) {
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1
    const to = { ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step, Home: 0, End: 100 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onMove(Math.max(0, Math.min(100, to)))
  }

  return (
    <span
      className="wipe-line" style={{ left: edge }} role="slider" tabIndex={0} aria-label={t('compare.divider')} aria-orientation="horizontal"
      aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(at)} onKeyDown={onKeyDown}
    >
      <i><Icon name="left" small /><Icon name="right" small /></i>
    </span>
  )
}
