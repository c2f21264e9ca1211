import type { Commit, HybridClock, Sha256 } from '../../contract/index.js'

/** A foreign clock pushes ours at most this far past the wall clock, in milliseconds [REG1]. */
export const MAX_CLOCK_LEAD = 120_000

/**
 * Where a commit stands among all others: by clock, then replica, number and hash, as text that compares byte by byte.
 * The order is a function of the commit alone, so every file shows the same history in the same order [MERGE2].
 */
export function sortKeyOf(commit: Pick<Commit, 'clock' | 'replica' | 'number'>, hash: Sha256): string {
  const wall = String(commit.clock.wall).padStart(16, '0')
  const counter = String(commit.clock.counter).padStart(16, '0')
  return `${wall}.${counter}.${commit.replica}.${String(commit.number).padStart(16, '0')}.${hash.slice(0, 16)}`
}

/** Where a fact stands: its commit's place, then its place in the commit. */
export function factSortKey(commitKey: string, position: number): string {
  return `${commitKey}.${String(position).padStart(6, '0')}`
}

/** Below zero where `a` is the earlier clock. */
export function compareClocks(a: HybridClock, b: HybridClock): number {
  return a.wall - b.wall || a.counter - b.counter
}

/**
 * The clock of the next own commit: after everything seen and everything own, except that a foreign clock far ahead of
 * the wall does not drag ours along [REG1]. `now`: wall milliseconds.
 */
export function nextClock(now: number, own: HybridClock | null, seen: HybridClock | null): HybridClock {
  const limit = now + MAX_CLOCK_LEAD
  let last = own ?? { wall: 0, counter: 0 }
  const foreign = seen !== null && seen.wall > limit ? { wall: limit, counter: 0 } : seen
  if (foreign !== null && compareClocks(foreign, last) > 0) last = foreign
  return now > last.wall ? { wall: now, counter: 0 } : { wall: last.wall, counter: last.counter + 1 }
}
