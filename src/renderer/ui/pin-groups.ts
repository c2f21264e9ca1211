interface Placed {
  /** Percent of the picture. */
  readonly region: { readonly x: number; readonly y: number }
}

/** Pins whose corners are nearer than this, in pixels of the screen, cannot be pointed at one by one. */
const near = 22

/**
 * Threads on regions whose pins would lie on each other, together: each joins the first pin that is near to its own place,
 * in the order in which they began. `width`, `height`: of the picture as it is shown, in pixels.
 */
export function groupPins<T extends Placed>(threads: readonly T[], width: number, height: number): readonly (readonly T[])[] {
  const groups: { x: number; y: number; threads: T[] }[] = []
  // Squares as large as pins are near: whatever is near to a place lies in its square or in one beside it.
  const squares = new Map<string, number[]>()
  for (const thread of threads) {
    const [x, y] = [(thread.region.x / 100) * width, (thread.region.y / 100) * height]
    const [column, row] = [Math.floor(x / near), Math.floor(y / near)]
    const beside = [-1, 0, 1].flatMap((down) => [-1, 0, 1].flatMap((right) => squares.get(`${column + right} ${row + down}`) ?? []))
    const joined = beside.find((index) => Math.abs(groups[index]!.x - x) < near && Math.abs(groups[index]!.y - y) < near)
    if (joined !== undefined) {
      groups[joined]!.threads.push(thread)
      continue
    }
    const square = `${column} ${row}`
    squares.set(square, [...(squares.get(square) ?? []), groups.length])
    groups.push({ x, y, threads: [thread] })
  }
  return groups.map((group) => group.threads)
}
