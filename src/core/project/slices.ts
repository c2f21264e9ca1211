import { StudioError } from '../../contract/index.js'

/**
 * Cuts long work into steps: call `breathe` often, it gives the event loop a turn once a step has taken long enough. With a
 * signal the work ends there when somebody cancels it: `breathe` throws `cancelled`.
 */
export class Slices {
  private startedAt = performance.now()

  /** `milliseconds`: how long one step may take, at most 20. */
  constructor(private readonly milliseconds = 8, private readonly signal?: AbortSignal) {}

  async breathe(): Promise<void> {
    if (performance.now() - this.startedAt < this.milliseconds) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (this.signal?.aborted) throw new StudioError('cancelled', {})
    this.startedAt = performance.now()
  }
}

/** How many elements are sorted in one go. */
const SORTED_AT_ONCE = 1000

/** Sorts by a key of text, as `Array.sort` does but in steps: for lists that would hold up everything else. */
export async function sortInSlices<Element>(elements: readonly Element[], keyOf: (element: Element) => string, slices: Slices): Promise<Element[]> {
  let runs: { key: string; element: Element }[][] = []
  for (let start = 0; start < elements.length; start += SORTED_AT_ONCE) {
    const run = elements.slice(start, start + SORTED_AT_ONCE).map((element) => ({ key: keyOf(element), element }))
    runs.push(run.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)))
    await slices.breathe()
  }
  while (runs.length > 1) {
    const merged: typeof runs = []
    for (let index = 0; index < runs.length; index += 2) merged.push(await mergeRuns(runs[index]!, runs[index + 1] ?? [], slices))
    runs = merged
  }
  return (runs[0] ?? []).map(({ element }) => element)
}

async function mergeRuns<Entry extends { readonly key: string }>(a: readonly Entry[], b: readonly Entry[], slices: Slices): Promise<Entry[]> {
  const merged: Entry[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const isFirst = j >= b.length || (i < a.length && a[i]!.key <= b[j]!.key)
    merged.push(isFirst ? a[i++]! : b[j++]!)
    if (merged.length % SORTED_AT_ONCE === 0) await slices.breathe()
  }
  return merged
}

/** Takes work one piece after the other; a failed piece does not stop the next. */
export class WriteQueue {
  private last: Promise<unknown> = Promise.resolve()

  add<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work)
    this.last = result.catch(() => undefined)
    return result
  }

  /** Settles when everything added so far is done. */
  async drain(): Promise<void> {
    await this.last
  }
}
