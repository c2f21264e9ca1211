import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react'
import { pageAt, type PagePlaces } from './page-places.js'

/** Where a person was in a gallery when they left it for a picture: by page, because heights are other ones in another window. */
const left = new Map<string, { readonly page: number; readonly share: number }>()

/** Comes back to where the gallery was left. `key`: which gallery; `isMeasured`: whether places say something yet. */
export function useReturn(scroller: RefObject<HTMLElement | null>, places: PagePlaces, padding: number, key: string, isMeasured: boolean): void {
  const isBack = useRef(false)
  const note = useEffectEvent((top: number) => {
    if (!isBack.current) return
    const page = pageAt(places, top - padding)
    left.set(key, { page, share: (top - padding - places.tops[page]!) / Math.max(1, places.tops[page + 1]! - places.tops[page]!) })
  })
  const comeBack = useEffectEvent(() => {
    const place = left.get(key)
    isBack.current = true
    if (!place || place.page >= places.tops.length - 1) return
    const top = places.tops[place.page]!
    scroller.current?.scrollTo({ top: top + place.share * (places.tops[place.page + 1]! - top) + padding })
  })
  useLayoutEffect(() => { if (isMeasured) comeBack() }, [isMeasured])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const listen = (): void => note(element.scrollTop)
    element.addEventListener('scroll', listen, { passive: true })
    return () => element.removeEventListener('scroll', listen)
  }, [scroller])
}
