import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { t } from '../../messages/t.js'
import { moveRegion, regionBetween, sizeRegion, type Region } from './region.js'

interface RegionDrawingProps {
  readonly region: Region
  /** It was placed, and the comment is being written. */
  readonly isPlaced: boolean
  readonly onChange: (region: Region) => void
  readonly onPlace: () => void
  readonly onLeave: () => void
}

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Draws a region to comment on: by dragging over the picture, or with the arrow keys. */
export function RegionDrawing({ region, isPlaced, onChange, onPlace, onLeave }: RegionDrawingProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => { if (!isPlaced) frame.current?.focus() }, [isPlaced])

  function draw(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return
    event.preventDefault()
    event.stopPropagation()
    const layer = event.currentTarget
    const box = layer.getBoundingClientRect()
    const at = (point: { clientX: number; clientY: number }): { x: number; y: number } => ({ x: ((point.clientX - box.left) / box.width) * 100, y: ((point.clientY - box.top) / box.height) * 100 })
    const start = at(event)
    layer.setPointerCapture(event.pointerId)
    const drag = (next: Event): void => onChange(regionBetween(start, at(next as globalThis.PointerEvent)))
    const end = (): void => {
      layer.removeEventListener('pointermove', drag)
      layer.removeEventListener('lostpointercapture', end)
      onPlace()
    }
    onChange(regionBetween(start, start))
    layer.addEventListener('pointermove', drag)
    layer.addEventListener('lostpointercapture', end)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const arrow = arrows[event.key]
    if (!arrow && event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') return onPlace()
    if (event.key === 'Escape' || !arrow) return onLeave()
    onChange(event.shiftKey ? sizeRegion(region, arrow[0], arrow[1]) : moveRegion(region, arrow[0], arrow[1]))
  }

  const { x, y, width, height } = region
  return (
    <div className="region-layer" onPointerDown={draw}>
      <div
        ref={frame} className="region region-new" style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%`, width: `${width}%`, height: `${height}%` }}
        tabIndex={0} role="group" aria-label={t('picture.region-new', { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) })} onKeyDown={onKeyDown}
      />
    </div>
  )
}
