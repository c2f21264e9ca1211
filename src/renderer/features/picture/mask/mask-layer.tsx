import './mask.css'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { t } from '../../../messages/t.js'
import { isMac } from '../../../shell.js'
import { clamp, type Point } from '../frame/box.js'
import type { Size } from '../view/zoom.js'
import { addAct, redoAct, undoAct, type Mask } from './mask-state.js'
import { canvasFor, paintActs, paintStroke } from './paint.js'

interface MaskLayerProps {
  readonly version: string
  readonly mask: Mask
  readonly picture: Size
  readonly erases: boolean
  /** Diameter of the brush in pixels of the picture. */
  readonly brush: number
  readonly isInert: boolean
  readonly onPainted: () => void
  readonly onLeave: () => void
}

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Lines that are seen on any picture, whatever the theme. Opaque, so that inverting is exact; the canvas as a whole lets the picture through. */
function hatch(context: CanvasRenderingContext2D): CanvasPattern {
  const side = 12
  const tile = new OffscreenCanvas(side, side)
  const draw = tile.getContext('2d')!
  draw.fillStyle = '#e25438'
  draw.fillRect(0, 0, side, side)
  draw.strokeStyle = '#fff'
  draw.lineWidth = 2
  draw.beginPath()
  for (const shift of [-side, 0, side]) {
    draw.moveTo(shift, side)
    draw.lineTo(shift + side, 0)
  }
  draw.stroke()
  return context.createPattern(tile, 'repeat')!
}

/** Paints what may change of a picture, with the pointer, or with the arrow keys: Shift with them paints on the way, Enter where they led. */
export function MaskLayer({ version, mask, picture, erases, brush, isInert, onPainted, onLeave }: MaskLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const [spot, setSpot] = useState<Point | null>(null)
  const size = canvasFor(picture)
  useEffect(() => layer.current?.focus(), [])

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context) paintActs(context, mask.acts, { width: size.width, height: size.height, scale: size.scale }, hatch(context))
  }, [mask.acts, size.width, size.height, size.scale])

  function add(points: readonly Point[]): void {
    addAct(version, { kind: 'stroke', erases, size: brush, points })
    if (!erases) onPainted()
  }

  const at = (event: { clientX: number; clientY: number }): Point => {
    const box = layer.current!.getBoundingClientRect()
    return { x: ((event.clientX - box.left) / box.width) * picture.width, y: ((event.clientY - box.top) / box.height) * picture.height }
  }

  function draw(event: PointerEvent<HTMLDivElement>): void {
    const context = canvas.current?.getContext('2d')
    const element = layer.current
    if (event.button !== 0 || !context || !element) return
    event.preventDefault()
    event.stopPropagation()
    element.focus()
    element.setPointerCapture(event.pointerId)
    const paint = hatch(context)
    const points: Point[] = [at(event)]
    const paintLast = (): void => paintStroke(context, { kind: 'stroke', erases, size: brush, points: points.slice(-2) }, size.scale, paint)
    paintLast()
    const drag = (next: Event): void => {
      const pointer = next as globalThis.PointerEvent
      for (const one of pointer.getCoalescedEvents?.() ?? [pointer]) {
        points.push(at(one))
        paintLast()
      }
      setSpot(at(pointer))
    }
    const end = (): void => {
      element.removeEventListener('pointermove', drag)
      element.removeEventListener('lostpointercapture', end)
      add(points)
    }
    element.addEventListener('pointermove', drag)
    element.addEventListener('lostpointercapture', end)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const withControl = isMac ? event.metaKey : event.ctrlKey
    const arrow = arrows[event.key]
    const isUndo = withControl && event.key.toLowerCase() === 'z'
    if (!arrow && !isUndo && event.key !== 'Enter' && event.key !== 'Escape') return
    // Ctrl+Enter makes the pictures.
    if (event.key === 'Enter' && withControl) return
    event.preventDefault()
    event.stopPropagation()
    if (isUndo) return event.shiftKey ? redoAct(version) : undoAct(version)
    if (event.key === 'Escape') return onLeave()
    const from = spot ?? { x: picture.width / 2, y: picture.height / 2 }
    if (!arrow) return add([from])
    const by = Math.max(1, brush / 2)
    const to = { x: clamp(from.x + arrow[0] * by, 0, picture.width), y: clamp(from.y + arrow[1] * by, 0, picture.height) }
    if (event.shiftKey) add([from, to])
    setSpot(to)
  }

  const share = (value: number, of: number): string => `${(value / of) * 100}%`
  return (
    <div
      ref={layer} className={`mask-layer ${isInert ? 'is-inert' : ''}`} tabIndex={0} role="group" aria-label={t(erases ? 'mask.layer-eraser' : 'mask.layer')}
      onPointerDown={draw} onPointerMove={(event) => setSpot(at(event))} onPointerLeave={() => setSpot(null)} onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} width={size.width} height={size.height} />
      {spot ? <span className="mask-brush" style={{ left: share(spot.x, picture.width), top: share(spot.y, picture.height), width: share(brush, picture.width), aspectRatio: '1' }} /> : null}
    </div>
  )
}
