/** At most 30 progress messages a second for each request: more is not seen and only costs. */
export const progressIntervalMs = 1000 / 30

/** Takes progress as it comes and lets it through at most every `intervalMs` milliseconds. */
export interface Throttle<T> {
  push(value: T): void
  /** Sends what is still held back. */
  flush(): void
}

/**
 * Lets the first value through at once; later ones wait for the interval and are merged by `merge`, by default the
 * newest wins. Values that add up, such as pieces of text, need a `merge` that loses none.
 */
export function createThrottle<T>(
  send: (value: T) => void, merge: (earlier: T, later: T) => T = (_earlier, later) => later, intervalMs = progressIntervalMs,
): Throttle<T> {
  let held: { value: T } | null = null
  let timer: NodeJS.Timeout | null = null
  let lastSent = Number.NEGATIVE_INFINITY

  const release = () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (!held) return
    const { value } = held
    held = null
    lastSent = performance.now()
    send(value)
  }

  return {
    push(value) {
      held = { value: held ? merge(held.value, value) : value }
      const wait = lastSent + intervalMs - performance.now()
      if (wait <= 0) release()
      else timer ??= setTimeout(release, wait)
    },
    flush: release,
  }
}
