/** A run of versions that stand as one row until it is opened. `start`: place of the newest in the order. */
export interface Run {
  readonly start: number
  readonly count: number
  readonly from: number
  readonly to: number
}

/** What stands in a row: a version by its place in the order, or the head of a run. */
export type Row = { readonly type: 'version'; readonly index: number } | { readonly type: 'run'; readonly run: Run; readonly isOpen: boolean }

export interface Folds {
  readonly count: number
  readonly at: (row: number) => Row
  /** The row of a version; that of its run where it is folded away. */
  readonly rowOf: (index: number) => number
}

/** Rows of so many versions: each run has a row of its own, and its versions have theirs while it is open. `runs` in order. */
export function foldRows(total: number, runs: readonly Run[], isOpen: (run: Run) => boolean): Folds {
  // Row of each run's head, and the rows that lie before the versions after it.
  const heads: number[] = []
  let row = 0
  let index = 0
  for (const run of runs) {
    row += run.start - index
    heads.push(row)
    row += 1 + (isOpen(run) ? run.count : 0)
    index = run.start + run.count
  }
  const count = row + total - index

  /** The last run that begins at or before a value of `of`; −1 where none does. */
  function lastRun(value: number, of: (place: number) => number): number {
    let [low, high] = [-1, runs.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (of(middle) <= value) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    count,
    at(wanted) {
      const place = lastRun(wanted, (at) => heads[at]!)
      const run = runs[place]
      if (!run) return { type: 'version', index: wanted }
      const open = isOpen(run)
      const after = wanted - heads[place]!
      if (after === 0) return { type: 'run', run, isOpen: open }
      return { type: 'version', index: open ? run.start + after - 1 : run.start + run.count + after - 1 }
    },
    rowOf(wanted) {
      const place = lastRun(wanted, (at) => runs[at]!.start)
      const run = runs[place]
      if (!run) return wanted
      const head = heads[place]!
      const open = isOpen(run)
      if (wanted < run.start + run.count) return open ? head + 1 + wanted - run.start : head
      return head + 1 + (open ? run.count : 0) + wanted - run.start - run.count
    },
  }
}
