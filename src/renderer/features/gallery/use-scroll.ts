import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'

/** Pixels a second from which a person looks for a place and not at pictures. */
const fast = 4000
/** Speed is looked at over so long, in milliseconds: single steps of a wheel are quick ones. */
const watched = 60
/** Stands still for so long, in milliseconds, before what was flown past is read and drawn. */
const settles = 90
/** The page is looked at again after every so many pixels: rows ahead of the window leave room for that. */
export const scrollStep = 100

export interface Scroll {
  /** Rounded down to `scrollStep`. */
  readonly top: number
  readonly isFast: boolean
}

/** Where a scroller stands, in steps, and whether it flies. `onMove` hears of every change at once. */
export function useScroll(scroller: RefObject<HTMLElement | null>, onMove: (top: number, isFast: boolean) => void): Scroll {
  const [scroll, setScroll] = useState<Scroll>({ top: 0, isFast: false })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let last = { top: element.scrollTop, at: performance.now() }
    let since = last
    let isFast = false
    let timer: ReturnType<typeof setTimeout> | null = null
    const tell = (): void => {
      onMove(last.top, isFast)
      const top = Math.floor(last.top / scrollStep) * scrollStep
      setScroll((before) => (before.top === top && before.isFast === isFast ? before : { top, isFast }))
    }
    const listen = (): void => {
      const now = { top: element.scrollTop, at: performance.now() }
      if (now.at - since.at > watched) {
        // A jump has no steps before it.
        isFast = (Math.abs(now.top - since.top) / Math.min(now.at - since.at, 2 * watched)) * 1000 > fast
        since = now
      }
      last = now
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(() => { isFast = false; since = last; tell() }, settles)
      tell()
    }
    element.addEventListener('scroll', listen, { passive: true })
    return () => {
      element.removeEventListener('scroll', listen)
      if (timer !== null) clearTimeout(timer)
    }
  }, [scroller, onMove])
  return scroll
}

/** Inner size of an element, in pixels. */
export function useSize(ref: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 800 })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
