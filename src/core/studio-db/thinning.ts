const hour = 3_600_000
const day = 24 * hour

/**
 * Which safety copies of a text go: all are kept for an hour, then the last of each hour for a day, then the last of
 * each day for 90 days. The newest is always kept, whatever its age. Times are milliseconds since 1970, in any order;
 * those that lie in the future (a clock was set back) are kept.
 */
export function snapshotsToDrop(times: readonly number[], now: number): number[] {
  const newestFirst = [...times].sort((a, b) => b - a)
  const kept = new Set<string>()
  const dropped: number[] = []
  newestFirst.forEach((at, index) => {
    const age = now - at
    const [hourly, daily] = [`hour ${Math.floor(at / hour)}`, `day ${Math.floor(at / day)}`]
    const keep = index === 0 || age <= hour || (age <= day ? !kept.has(hourly) : age <= 90 * day && !kept.has(daily))
    if (keep) kept.add(hourly).add(daily)
    else dropped.push(at)
  })
  return dropped
}
