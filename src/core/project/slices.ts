/** Cuts long work into steps: call `breathe` often, it gives the event loop a turn once a step has taken long enough. */
export class Slices {
  private startedAt = performance.now()

  /** `milliseconds`: how long one step may take, at most 20. */
  constructor(private readonly milliseconds = 8) {}

  async breathe(): Promise<void> {
    if (performance.now() - this.startedAt < this.milliseconds) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.startedAt = performance.now()
  }
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
