const smoothingMs = 5000
const settleMs = 500

/** Guesses how long a job still takes from the shares it reports, smoothed so that the number does not jump. */
export interface Estimate {
  /** Milliseconds left, null while there is too little to go by. `now` in milliseconds, by any steady clock. */
  update(share: number | null, now: number): number | null
}

export function createEstimate(): Estimate {
  let begun: { share: number; at: number } | null = null
  let last: { share: number; at: number } | null = null
  let rate: number | null = null

  return {
    update(share, now) {
      // A share that goes back is a new phase with a pace of its own.
      if (share === null || last === null || begun === null || share < last.share) {
        begun = last = share === null ? null : { share, at: now }
        rate = null
        return null
      }
      const elapsed = now - last.at
      if (elapsed > 0 && share > last.share) {
        const recent = (share - last.share) / elapsed
        // The longer the stretch a measurement covers, the more it counts: against all that was before it at first, later against
        // the last seconds. So a quick beginning does not promise a quick end.
        const window = Math.min(smoothingMs, Math.max(1, last.at - begun.at))
        const weight = rate === null ? 1 : 1 - Math.exp(-elapsed / window)
        rate = (rate ?? 0) + weight * (recent - (rate ?? 0))
        last = { share, at: now }
      }
      if (rate === null || now - begun.at < settleMs) return null
      return Math.max(0, Math.round((1 - share) / rate - (now - last.at)))
    },
  }
}
