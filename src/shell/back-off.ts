/**
 * How long to wait before starting a process again, in milliseconds: at once after the first crash, then 0.5 s, 1 s,
 * 2 s … up to 10 s; a process that ran for a minute counts as healthy and starts the row anew.
 */
export class BackOff {
  private crashes = 0

  next(ranForMs: number): number {
    if (ranForMs > 60_000) this.crashes = 0
    const wait = this.crashes === 0 ? 0 : Math.min(10_000, 250 * 2 ** this.crashes)
    this.crashes += 1
    return wait
  }
}
