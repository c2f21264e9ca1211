import { remember, remembered } from '../../state/layout.js'

/** What the window remembers of the tour: in which project it goes on, at which step, and that it was closed. */
export const tourKeys = { path: 'tour.path', step: 'tour.step', done: 'tour.done' } as const

/** Begins the tour in the sample project that lies at a path, unless it was closed before. */
export function beginTour(path: string): void {
  if (remembered(tourKeys.done, false)) return
  remember(tourKeys.path, path)
  remember(tourKeys.step, 0)
}
