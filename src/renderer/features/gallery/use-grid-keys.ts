import type { KeyboardEvent } from 'react'
import { isMac } from '../../shell.js'
import { nearestIn, placesIn, type Grid as GridShape } from './justified.js'
import type { Places } from './use-places.js'
import { pageSize, type Pages } from './use-pages.js'
import type { GallerySelection } from './use-selection.js'
import type { GalleryEntry } from '../../../contract/index.js'

/** How far a step up or down goes where the rows there were not read yet. */
const blindStep = 5
const screen = 20

interface Around {
  readonly pages: Pages
  readonly places: Places
  readonly shape: GridShape
}

/** The entry a row up (−1) or down (1), nearest to the one at `index`. */
function vertical({ pages, places, shape }: Around, index: number, step: 1 | -1): number {
  const number = Math.floor(index / pageSize)
  const entries = pages.page(number)
  if (!entries) return index + step * blindStep
  const { rows, ratios } = places.layoutOf(entries)
  const at = rows.findIndex((one) => index % pageSize >= one.start && index % pageSize < one.end)
  const row = rows[at]
  if (!row) return index + step * blindStep
  const own = placesIn(row, ratios, shape.gap)[(index % pageSize) - row.start]!
  const x = own.left + own.width / 2
  const next = rows[at + step]
  if (next) return number * pageSize + nearestIn(next, ratios, shape.gap, x)
  const beside = pages.page(number + step)
  if (!beside) return index + step * blindStep
  const other = places.layoutOf(beside)
  const found = step === 1 ? other.rows[0] : other.rows.at(-1)
  return found ? (number + step) * pageSize + nearestIn(found, other.ratios, shape.gap, x) : index + step * blindStep
}

interface GridKeys extends Around {
  readonly total: number
  readonly selection: GallerySelection
  readonly onOpen: (entry: GalleryEntry) => void
  readonly onLook: (index: number) => void
}

/** Arrows walk, Shift extends, Enter opens, Space looks closer, Escape lets go. */
export function gridKeys({ total, selection, onOpen, onLook, ...around }: GridKeys): (event: KeyboardEvent) => void {
  return (event) => {
    const { focus } = selection
    const to: Readonly<Record<string, () => number>> = {
      ArrowLeft: () => focus - 1, ArrowRight: () => focus + 1, ArrowUp: () => vertical(around, focus, -1), ArrowDown: () => vertical(around, focus, 1), Home: () => 0, End: () => total - 1,
      PageDown: () => focus + screen, PageUp: () => focus - screen,
    }
    const control = isMac ? event.metaKey : event.ctrlKey
    const move = to[event.key]
    const entry = around.pages.at(focus)
    if (move) selection.go(move(), event.shiftKey ? 'extend' : 'one')
    else if (event.key === 'Enter' && !control) { if (entry) onOpen(entry) }
    else if (event.key === ' ' && control) selection.go(focus, 'toggle')
    else if (event.key === ' ') { if (entry?.kind === 'picture') onLook(focus) }
    else if (event.key === 'Escape') selection.clear()
    else if (event.key.toLowerCase() === 'a' && control) { selection.go(0, 'one'); selection.go(total - 1, 'extend') }
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
