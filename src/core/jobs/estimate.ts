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
        // The first measurement counts fully; then the longer the stretch it covers, the more it counts.
        const weight = rate === null ? 1 : 1 - Math.exp(-elapsed / smoothingMs)
        rate = (rate ?? 0) + weight * (recent - (rate ?? 0))
        last = { share, at: now }
      }
      if (rate === null || now - begun.at < settleMs) return null
      return Math.max(0, Math.round((1 - share) / rate - (now - last.at)))
    },
  }
}
