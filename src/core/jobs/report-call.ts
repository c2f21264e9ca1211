import type { Events } from '../events.js'
import { createEstimate } from './estimate.js'

const everyMs = 100

/** Tells how far a call is that somebody waits for, with the time left, at most ten times a second; nothing where the caller gave it no name. */
export function reportCall(events: Pick<Events, 'publish'>, call: string | undefined, now: () => number = Date.now): (share: number, step: string) => void {
  const estimate = createEstimate()
  let told = -Infinity
  return (share, step) => {
    if (call === undefined || now() - told < everyMs) return
    told = now()
    events.publish({ type: 'call.progressed', call, share, step, msLeft: estimate.update(share, told) })
  }
}
