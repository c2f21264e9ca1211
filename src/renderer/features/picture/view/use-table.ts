import { useEffect, useEffectEvent, useRef, useState, type PointerEvent, type RefObject } from 'react'
import { fitted, heldOnTable, moveBy, scaleOf, zoomBy, zoomTo, type Place, type Size } from './zoom.js'

export interface Table {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly place: Place
  readonly scale: number
  readonly zoom: (factor: number) => void
  readonly fit: () => void
  readonly full: () => void
  readonly move: (x: number, y: number) => void
  /** Begins to drag the view. */
  readonly grab: (event: PointerEvent) => void
  readonly isGrabbed: boolean
}

/** Zooming and moving a picture on the table. It fits again when another one of another size lies there. */
export function useTable(picture: Size): Table {
  const ref = useRef<HTMLDivElement>(null)
  const [table, setTable] = useState<Size>({ width: 800, height: 480 })
  const [kept, setPlace] = useState<Place>(fitted)
  const [isGrabbed, setGrabbed] = useState(false)
  const place = heldOnTable(kept, table, picture)

  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => { if (entry) setTable({ width: entry.contentRect.width, height: entry.contentRect.height }) })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => setPlace(fitted), [picture.width, picture.height])

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const box = ref.current?.getBoundingClientRect()
    if (!box) return
    const point = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
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
    ref, place, scale: scaleOf(place, table, picture), isGrabbed, grab,
    zoom: (factor) => setPlace(zoomBy(place, factor, table, picture)),
    fit: () => setPlace(fitted),
    full: () => setPlace(zoomTo(place, 1, table, picture)),
    move: (x, y) => setPlace(moveBy(place, x, y, table, picture)),
  }
}
