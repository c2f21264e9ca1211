// Steps of a set-up, each shown with how it went and how long it took.

/** `12.3 s`, or `2 min 5 s`. */
export function duration(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

export class StepFailed extends Error {}

/** A step's work returns this when there was nothing to do, or when it could not be done and work goes on without. */
export const upToDate = { kind: 'up-to-date' }
export const without = (why) => ({ kind: 'without', why })

/** Runs steps; `say` gets each line. A failing step ends the row with `StepFailed`. */
export function stepRunner(say) {
  return async function step(name, work) {
    const started = Date.now()
    try {
      const result = await work()
      if (result === upToDate) say(`✓ ${name}: up to date`)
      else if (result?.kind === 'without') say(`– ${name}: ${result.why}`)
      else say(`✓ ${name} (${duration(Date.now() - started)})`)
      return result
    } catch (error) {
      say(`✗ ${name} (${duration(Date.now() - started)})`)
      say(error instanceof Error ? error.message : String(error))
      throw new StepFailed(name)
    }
  }
}
