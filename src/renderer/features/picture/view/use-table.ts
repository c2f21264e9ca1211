import { useEffect, useEffectEvent, useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react'
import { closeScale, fitted, heldOnTable, moveBy, scaleOf, zoomBy, zoomTo, type Place, type Size } from './zoom.js'

export interface Table {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly place: Place
  /** Room for one picture, in pixels of the page. */
  readonly room: Size
  readonly scale: number
  readonly zoom: (factor: number) => void
  readonly fit: () => void
  readonly full: () => void
  /** Between the whole picture and its own size, at the point that was pressed. */
  readonly toggle: (event: MouseEvent) => void
  readonly move: (x: number, y: number) => void
  /** Begins to drag the view. */
  readonly grab: (event: PointerEvent) => void
  readonly isGrabbed: boolean
}

/**
 * Zooming and moving a picture on the table. It fits again when another one of another size lies there. `columns`: how many pictures
 * lie beside each other, moved as one.
 */
export function useTable(picture: Size, columns = 1): Table {
  const ref = useRef<HTMLDivElement>(null)
  const [whole, setWhole] = useState<Size>({ width: 800, height: 480 })
  const table = { width: whole.width / columns, height: whole.height }
  const [kept, setPlace] = useState<Place>(fitted)
  const [isGrabbed, setGrabbed] = useState(false)
  const place = heldOnTable(kept, table, picture)

  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => { if (entry) setWhole({ width: entry.contentRect.width, height: entry.contentRect.height }) })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => setPlace(fitted), [picture.width, picture.height])

  /** Where the pointer is, from the middle of the picture's room. */
  function pointOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } {
    const box = ref.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    const across = Math.max(0, clientX - box.left)
    return { x: (across % (box.width / columns)) - box.width / columns / 2, y: clientY - box.top - box.height / 2 }
  }

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const point = pointOf(event)
    setPlace(zoomBy(place, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), table, picture, point))
  })
  useEffect(() => {
    const element = ref.current
    const listen = (event: WheelEvent): void => onWheel(event)
    // React listens passively, and the page must not scroll while the picture grows.
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [])

  function grab(event: PointerEvent): void {
    event.preventDefault()
    const element = event.currentTarget
    element.setPointerCapture(event.pointerId)
    setGrabbed(true)
    let last = { x: event.clientX, y: event.clientY }
    const drag = (next: globalThis.PointerEvent | Event): void => {
      const { clientX, clientY } = next as globalThis.PointerEvent
      const step = { x: clientX - last.x, y: clientY - last.y }
      last = { x: clientX, y: clientY }
      setPlace((before) => moveBy(before, step.x, step.y, table, picture))
    }
    const end = (): void => {
      element.removeEventListener('pointermove', drag)
      element.removeEventListener('lostpointercapture', end)
      setGrabbed(false)
    }
    element.addEventListener('pointermove', drag)
    element.addEventListener('lostpointercapture', end)
  }

  return {
    ref, place, room: table, scale: scaleOf(place, table, picture), isGrabbed, grab,
    zoom: (factor) => setPlace(zoomBy(place, factor, table, picture)),
    fit: () => setPlace(fitted),
    toggle: (event) => setPlace(place.scale === 'fit' ? zoomTo(place, closeScale(table, picture), table, picture, pointOf(event)) : fitted),
    full: () => setPlace(zoomTo(place, 1, table, picture)),
    move: (x, y) => setPlace(moveBy(place, x, y, table, picture)),
  }
}
