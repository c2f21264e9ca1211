/** Which threads of a long list are drawn: those from `from` up to `to`. */
export interface ThreadWindow { readonly from: number; readonly to: number }

/** How many threads come at a time, and how many are drawn at most. */
const step = 40
const most = 160
/** Threads that stay above one that is gone to. */
const above = 5

export const firstWindow: ThreadWindow = { from: 0, to: step }

/** Later threads come in; the earliest leave where there are too many. */
export const later = ({ from, to }: ThreadWindow): ThreadWindow => ({ from: Math.max(from, to + step - most), to: to + step })

export const earlier = ({ from, to }: ThreadWindow): ThreadWindow => {
  const start = Math.max(0, from - step)
  return { from: start, to: Math.min(to, start + most) }
}

/** A window in which this thread is drawn: the same where it is already. */
export function windowAround(window: ThreadWindow, index: number): ThreadWindow {
  if (index < 0 || (index >= window.from && index < window.to)) return window
  const from = Math.max(0, index - above)
  return { from, to: from + step }
}
