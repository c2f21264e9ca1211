import { useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { pictureUrl } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Hud, stepIn } from '../view/hud.js'
import { widthFor } from '../view/print.js'
import { useSpace } from '../view/use-space.js'
import { useTable } from '../view/use-table.js'
import type { Size } from '../view/zoom.js'
import { useSingleKeys } from '../../workspace/use-single-keys.js'
import { Divider } from './divider.js'

export type How = 'slider' | 'side-by-side' | 'difference'

export interface PairSide {
  readonly hash: string
  readonly alt: string
  readonly ordinal: number
}

interface PairTableProps {
  readonly project: string
  readonly label: string
  readonly how: How
  readonly old: PairSide
  readonly fresh: PairSide
  /** Of the newer picture; the older one is fitted into it. */
  readonly size: Size
}

/** Two pictures on one table, looked at closely as one: over each other with a divider, side by side, or only what differs. */
export function PairTable({ project, label, how, old, fresh, size }: PairTableProps) {
  const columns = how === 'side-by-side' ? 2 : 1
  const { ref, ...table } = useTable(size, columns)
  const hasSpace = useSpace(ref)
  const [at, setAt] = useState(50)
  const { scale, place, room } = table
  const isFitted = place.scale === 'fit'
  const [width, height] = [size.width * scale, size.height * scale]
  // What is seen of the picture: the divider stays within it.
  const left = (room.width - width) / 2 + place.x
  const seen = { from: Math.max(0, left), to: Math.min(room.width, left + width) }
  const edge = seen.from + ((seen.to - seen.from) * at) / 100

  useSingleKeys({ '0': table.fit, '1': table.full, '+': () => table.zoom(stepIn), '=': () => table.zoom(stepIn), '-': () => table.zoom(1 / stepIn) }, 'work')

  const movesView = hasSpace || how !== 'slider'
  function onPointerDown(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest('.hud')) return
    if (event.button === 1 || (event.button === 0 && movesView && !isFitted)) return table.grab(event)
    if (event.button === 0 && how === 'slider' && !hasSpace) follow(event)
  }
  /** The divider follows the pointer. */
  function follow(event: PointerEvent): void {
    const element = ref.current
    if (!element) return
    event.preventDefault()
    const box = element.getBoundingClientRect()
    const to = (clientX: number): void => setAt(Math.max(0, Math.min(100, ((clientX - box.left - seen.from) / (seen.to - seen.from)) * 100)))
    const drag = (next: Event): void => to((next as globalThis.PointerEvent).clientX)
    const end = (): void => {
      element.removeEventListener('pointermove', drag)
      element.removeEventListener('lostpointercapture', end)
    }
    element.setPointerCapture(event.pointerId)
    element.addEventListener('pointermove', drag)
    element.addEventListener('lostpointercapture', end)
    to(event.clientX)
    element.querySelector<HTMLElement>('[role="slider"]')?.focus()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || isFitted) return
    const move = { ArrowLeft: [48, 0], ArrowRight: [-48, 0], ArrowUp: [0, 48], ArrowDown: [0, -48] }[event.key] as readonly [number, number] | undefined
    if (!move) return
    event.preventDefault()
    table.move(move[0], move[1])
  }

  const style: CSSProperties = { width, height, transform: `translate(${place.x}px, ${place.y}px)` }
  const draw = (side: PairSide, more: { className?: string; style?: CSSProperties } = {}) => (
    <img
      key={side.ordinal} src={pictureUrl(project, side.hash, widthFor(width))} alt={side.alt} draggable={false} style={{ ...style, ...more.style }}
      className={`pair-print ${scale >= 3 && !isFitted ? 'is-enlarged' : ''} ${more.className ?? ''}`}
    />
  )
  const look = [`is-${how}`, hasSpace || (movesView && !isFitted) ? 'moves-view' : '', table.isGrabbed ? 'is-grabbed' : ''].join(' ')
  return (
    <div ref={ref} className={`pair-table ${look}`} role="group" aria-label={label} tabIndex={0} onPointerDown={onPointerDown} onKeyDown={onKeyDown} onDoubleClick={(event) => { if (how !== 'slider' || hasSpace) table.toggle(event) }}>
      {how === 'slider' ? (
        <>
          <div className="pair-layer">{draw(fresh)}</div>
          <div className="pair-layer" style={{ clipPath: `inset(0 ${Math.max(0, room.width - edge)}px 0 0)` }}>{draw(old)}</div>
          <Divider at={at} edge={edge} onMove={setAt} />
          <span className="wipe-tag" style={{ left: seen.from + 8 }}>{old.ordinal}</span>
          <span className="wipe-tag" style={{ right: room.width - seen.to + 8 }}>{fresh.ordinal}</span>
        </>
      ) : null}
      {how === 'difference' ? <div className="pair-layer pair-difference" style={style}>{draw(old, { style: { transform: 'none' } })}{draw(fresh, { className: 'is-over', style: { transform: 'none' } })}</div> : null}
      {how === 'side-by-side' ? [old, fresh].map((side) => (
        <figure key={side.ordinal} className="pair-half">
          {draw(side)}
          <figcaption className="number">{t('versions.ordinal', { number: side.ordinal })}</figcaption>
        </figure>
      )) : null}
      <Hud table={table} />
    </div>
  )
}
