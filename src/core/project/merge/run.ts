import { Slices } from '../slices.js'

/** The parts of a merge, in their order; `share` is of that part. */
export type MergePart = 'copying' | 'examining' | 'staging' | 'writing' | 'showing'

/** How to stop a look at a copy or its merge, and who hears how far it is. Once `finishing` has come, it goes through. */
export interface MergeRun {
  readonly signal?: AbortSignal
  readonly onProgress?: (part: MergePart, share: number) => void
}

export const slicesOf = ({ signal }: MergeRun): Slices => new Slices(8, signal)

/** Counts what was done of a part, and tells it. */
export function counting({ onProgress }: MergeRun, part: MergePart, all: number): (more?: number) => void {
  let done = 0
  return (more = 1) => {
    done += more
    onProgress?.(part, all === 0 ? 1 : Math.min(1, done / all))
  }
}
