/** A row of pictures that fills the width: those from `start` up to `end` (exclusive), all of one height, in pixels. */
export interface Row {
  readonly start: number
  readonly end: number
  readonly top: number
  readonly height: number
}

export interface Layout {
  readonly rows: readonly Row[]
  readonly height: number
}

export interface Grid {
  readonly width: number
  /** Height that rows should about have. */
  readonly target: number
  readonly gap: number
  /** Room for the words under each picture. */
  readonly caption: number
}

/** Rows are never higher than this many times the target: a few pictures do not fill a wide window. */
const mostGrowth = 1.5

/**
 * Lays pictures into rows that each fill the width, without cropping any. The rows of one call are about equally full, so
 * that the pages of a long gallery follow each other without a ragged row between them.
 * @param ratios width by height of each picture
 */
export function justify(ratios: readonly number[], { width, target, gap, caption }: Grid): Layout {
  if (ratios.length === 0 || width <= 0) return { rows: [], height: 0 }
  const total = ratios.reduce((sum, ratio) => sum + ratio, 0)
  const perRow = Math.max(1, width / target)
  const count = Math.max(1, Math.min(ratios.length, Math.round(total / perRow)))
  const rows: Row[] = []
  let top = 0
  let passed = 0
  let start = 0
  for (let row = 0; row < count; row++) {
    let end = start
    let sum = 0
    // A picture belongs to the row in whose share of the whole its middle lies; each row takes at least one and leaves one for each after it.
    while (end < ratios.length - (count - row - 1) && (end === start || row === count - 1 || passed + ratios[end]! / 2 < (total * (row + 1)) / count)) {
      sum += ratios[end]!
      passed += ratios[end]!
      end++
    }
    const height = Math.min((width - gap * (end - start - 1)) / sum, target * mostGrowth)
    rows.push({ start, end, top, height })
    top += height + caption + gap
    start = end
  }
  return { rows, height: top }
}

/** Left edges and widths of the pictures of a row. */
export function placesIn(row: Row, ratios: readonly number[], gap: number): readonly { readonly left: number; readonly width: number }[] {
  let left = 0
  return ratios.slice(row.start, row.end).map((ratio) => {
    const place = { left, width: ratio * row.height }
    left += place.width + gap
    return place
  })
}

/** The picture of `row` that lies nearest to a place in it. */
export function nearestIn(row: Row, ratios: readonly number[], gap: number, x: number): number {
  const places = placesIn(row, ratios, gap)
  let best = 0
  for (const [index, { left, width }] of places.entries()) {
    const at = places[best]!
    if (Math.abs(left + width / 2 - x) < Math.abs(at.left + at.width / 2 - x)) best = index
  }
  return row.start + best
}
