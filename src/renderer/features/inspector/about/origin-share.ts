import type { OriginRun } from '../../../../contract/index.js'

export type Origin = OriginRun['origin']

/** Share of each origin in percent, of what the runs cover; the four add up to 100 unless there are no runs. */
export function originShares(runs: readonly OriginRun[]): Record<Origin, number> {
  const sizes: Record<Origin, number> = { typed: 0, pasted: 0, model: 0, 'model-edited': 0 }
  for (const run of runs) sizes[run.origin] += Math.max(0, run.to - run.from)
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  if (total === 0) return sizes
  // Largest remainders, so that 33.3 three times does not say 99.
  const exact = Object.entries(sizes).map(([origin, size]) => ({
    origin: origin as Origin,
    whole: Math.floor((size / total) * 100),
    rest: ((size / total) * 100) % 1,
  }))
  let missing = 100 - exact.reduce((sum, share) => sum + share.whole, 0)
  for (const share of [...exact].sort((a, b) => b.rest - a.rest)) {
    if (missing === 0) break
    share.whole += 1
    missing -= 1
  }
  return Object.fromEntries(exact.map((share) => [share.origin, share.whole])) as Record<Origin, number>
}

/** Runs as they are drawn: neighbours of one origin are one, also over the end of a paragraph (2 positions). */
export function joinRuns(runs: readonly OriginRun[]): readonly OriginRun[] {
  const joined: OriginRun[] = []
  for (const run of [...runs].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && last.origin === run.origin && run.from - last.to <= 2) joined[joined.length - 1] = { ...last, to: Math.max(last.to, run.to) }
    else joined.push(run)
  }
  return joined
}
