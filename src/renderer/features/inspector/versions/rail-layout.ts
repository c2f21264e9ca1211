/** A line of the rail through one row, from a lane at the row's top to a lane at its bottom; null: it begins or ends at the row's dot. */
export interface RailLine {
  readonly from: number | null
  readonly to: number | null
}

export interface RailRow {
  readonly id: string
  /** Lane of the row's dot, from 0. */
  readonly lane: number
  readonly lines: readonly RailLine[]
}

/** More lanes than these are drawn on the last one: the rail must not push the words away. */
const widest = 5

/**
 * Lays out which version was made from which, for rows from newest to oldest. Each open line waits in a lane for its
 * parent's row; a row takes the first lane that waits for it.
 */
export function layoutRail(rows: readonly { readonly id: string; readonly parents: readonly string[] }[]): readonly RailRow[] {
  const lanes: (string | null)[] = []
  const free = (): number => {
    const index = lanes.indexOf(null)
    return index === -1 ? lanes.length : index
  }
  return rows.map(({ id, parents }) => {
    const before = [...lanes]
    const waiting = lanes.indexOf(id)
    const lane = waiting === -1 ? free() : waiting
    const lines: RailLine[] = []
    for (const [index, wanted] of before.entries()) {
      if (wanted === null) continue
      if (wanted === id) {
        lines.push({ from: index, to: null })
        lanes[index] = null
      } else lines.push({ from: index, to: index })
    }
    lanes[lane] = null
    // A parent on a page that is not shown yet has its line all the same: it runs off the end.
    for (const [index, parent] of parents.entries()) {
      // The first parent stays on the version's own lane, also where another lane waits for it: they meet at its dot.
      const same = index === 0 ? -1 : lanes.indexOf(parent)
      const target = same !== -1 ? same : lanes[lane] == null ? lane : free()
      lanes[target] = parent
      lines.push({ from: null, to: target })
    }
    return { id, lane: Math.min(lane, widest - 1), lines: lines.map(({ from, to }) => ({ from: clamp(from), to: clamp(to) })) }
  })
}

function clamp(lane: number | null): number | null {
  return lane === null ? null : Math.min(lane, widest - 1)
}

/** How many lanes the widest row needs. */
export function railWidth(rows: readonly RailRow[]): number {
  return rows.reduce((most, row) => Math.max(most, row.lane + 1, ...row.lines.flatMap((line) => [(line.from ?? 0) + 1, (line.to ?? 0) + 1])), 1)
}
