import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { GalleryEntry } from '../../../contract/index.js'
import type { Grid as GridShape } from './justified.js'
import { createLayouts, guessHeight, type PageLayout } from './layouts.js'
import { pageAt, placePages, type PagePlaces } from './page-places.js'
import { pageSize, type Pages } from './use-pages.js'

export interface Places extends PagePlaces {
  readonly layoutOf: (entries: readonly GalleryEntry[]) => PageLayout
  /** Tells of pages that are seen, so that they stand as high as they are. */
  readonly settle: (pages: Pages, first: number, last: number) => void
}

interface Known {
  readonly shape: GridShape
  readonly total: number
  readonly heights: ReadonlyMap<number, number>
  /** What a page that was not read is taken for: as high as the first that was. */
  readonly usual: number | null
}

const none: ReadonlyMap<number, number> = new Map()

/**
 * Where each page of the gallery stands. A page that turns out higher or lower than it was taken for moves those below it,
 * and what is seen stays where it is.
 */
export function usePlaces(scroller: RefObject<HTMLElement | null>, shape: GridShape, total: number, padding: number): Places {
  const count = Math.ceil(total / pageSize)
  const [known, setKnown] = useState<Known>({ shape, total, heights: new Map(), usual: null })
  const isOld = known.shape !== shape
  // Another entry moves all by one place, which changes the height of a page by little; only what was the end is no end any more.
  const heights = useMemo(
    () => (isOld ? none : known.total === total ? known.heights : new Map([...known.heights].filter(([page]) => page < Math.floor(Math.min(known.total, total) / pageSize)))),
    [isOld, known, total])
  const usual = isOld ? null : known.usual
  const places = useMemo(
    () => placePages(count, heights, usual ?? guessHeight(Math.min(pageSize, total), shape), guessHeight(total - (count - 1) * pageSize, shape)),
    [count, heights, usual, shape, total])
  const layouts = useMemo(() => createLayouts(shape), [shape])

  // What is at the top of the window stands still while places change.
  const before = useRef(places)
  useLayoutEffect(() => {
    const element = scroller.current
    const old = before.current
    before.current = places
    if (!element || old === places || old.height === 0) return
    const top = element.scrollTop - padding
    const page = Math.min(pageAt(old, top), count - 1)
    const share = (top - old.tops[page]!) / Math.max(1, old.tops[page + 1]! - old.tops[page]!)
    const now = top <= 0 ? top : places.tops[page]! + share * (places.tops[page + 1]! - places.tops[page]!)
    if (Math.abs(now - top) >= 1) element.scrollTo({ top: now + padding })
  }, [places, scroller, padding, count])

  const settle = (pages: Pages, first: number, last: number): void => {
    // Before the window was measured nothing has a height.
    if (shape.width <= 0) return
    let settled: Map<number, number> | null = null
    let whole = usual
    for (let page = first; page <= last; page++) {
      const entries = pages.page(page)
      if (!entries) continue
      const { height } = layouts(entries)
      if (heights.get(page) === height) continue
      settled ??= new Map(heights)
      settled.set(page, height)
      if (page < count - 1) whole ??= height
    }
    if (settled) setKnown({ shape, total, heights: settled, usual: whole })
  }
  return { ...places, settle, layoutOf: layouts }
}
