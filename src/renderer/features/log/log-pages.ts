/** Entries of one page. */
export const pageSize = 100

/** Which entries a page shows, counted from 1 at the oldest, and where the others are; null where there is nothing further. `before` is what core is asked for. */
export interface LogPage {
  readonly from: number
  readonly to: number
  readonly newest: number | null | undefined
  readonly newer: number | undefined
  readonly older: number | null
  readonly oldest: number | null
}

/**
 * Pages of a log with `total` entries around the one that was asked for: `before` is the position behind its newest entry,
 * undefined for the newest page, which moves along with what is written. Pages of older entries stay where they are.
 */
export function pageOf(before: number | undefined, total: number): LogPage {
  const to = Math.min(total, before === undefined ? total : before - 1)
  const from = Math.max(1, to - pageSize + 1)
  const newer = to + pageSize + 1
  const isNewest = to >= total
  return {
    from, to,
    newest: isNewest ? null : undefined,
    newer: isNewest || newer > total ? undefined : newer,
    older: from > 1 ? from : null,
    oldest: from > 1 ? Math.min(total, pageSize) + 1 : null,
  }
}
