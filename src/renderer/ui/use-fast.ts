import { useEffect, useRef, useState, type RefObject } from 'react'

/** Pixels a second from which a person looks for a place and not at pictures. */
const fast = 4000

/** Whether a scroller flies. It settles shortly after it stands still. */
export function useFast(scroller: RefObject<HTMLElement | null>): boolean {
  const [isFast, setFast] = useState(false)
  const last = useRef({ top: 0, at: 0 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const listen = (): void => {
      const now = { top: element.scrollTop, at: performance.now() }
      const speed = (Math.abs(now.top - last.current.top) / Math.max(1, now.at - last.current.at)) * 1000
      last.current = now
      if (speed > fast) setFast(true)
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(() => setFast(false), 90)
    }
    element.addEventListener('scroll', listen, { passive: true })
    return () => {
      element.removeEventListener('scroll', listen)
      if (timer !== null) clearTimeout(timer)
    }
  }, [scroller])
  return isFast
}
