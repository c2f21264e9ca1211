import { useState } from 'react'
import type { GalleryEntry } from '../../../contract/index.js'
import type { Pages } from './use-pages.js'

/** More at once are not kept or set aside in one step. */
export const mostSelected = 1000

/** Another answer took the place of one that was awaited, or core is away: the next key asks again. */
const ignore = (): void => undefined

export interface GallerySelection {
  /** Place of the entry that the keys are at. */
  readonly focus: number
  readonly chosen: ReadonlyMap<string, GalleryEntry>
  readonly go: (to: number, how: 'one' | 'extend' | 'toggle') => void
  readonly clear: () => void
}

/** Where the keys were in each gallery when it was left. */
const left = new Map<string, number>()

/** Which entries are chosen, and where the keys are. Reaching over entries that were not read yet reads them. `key`: which gallery, so that the keys go on where they were. */
export function useSelection(pages: Pages, total: number, key: string): GallerySelection {
  const [focus, setFocus] = useState(left.get(key) ?? 0)
  const [anchor, setAnchor] = useState(0)
  const [chosen, setChosen] = useState<ReadonlyMap<string, GalleryEntry>>(new Map())

  function go(to: number, how: 'one' | 'extend' | 'toggle'): void {
    if (total === 0) return
    const place = Math.max(0, Math.min(total - 1, to))
    setFocus(place)
    left.set(key, place)
    if (how === 'extend') {
      const [from, end] = [Math.min(anchor, place), Math.max(anchor, place)]
      void pages.read(from, Math.min(end, from + mostSelected - 1)).then((range) => setChosen(new Map(range.map((one) => [one.version, one]))), ignore)
      return
    }
    setAnchor(place)
    const entry = pages.at(place)
    if (how === 'one') {
      if (entry) setChosen(new Map([[entry.version, entry]]))
      else void pages.read(place, place).then(([read]) => { if (read) setChosen(new Map([[read.version, read]])) }, ignore)
    } else if (entry) {
      setChosen((before) => {
        const after = new Map(before)
        if (!after.delete(entry.version) && after.size < mostSelected) after.set(entry.version, entry)
        return after
      })
    }
  }
  return { focus: Math.max(0, Math.min(focus, total - 1)), chosen, go, clear: () => setChosen(new Map()) }
}
