import { useEffect, useRef, useState } from 'react'

/** Pictures that are put on the page in one frame: more would keep it from scrolling evenly. */
const inOneFrame = 7

interface Waiting {
  readonly middle: number
  readonly weight: number
  readonly draw: () => void
}

/**
 * Rows that are to be filled with pictures: a few in each frame, those nearest to the middle of the window first, and none
 * while a person flies past. What a frame costs then does not depend on how much came into sight at once.
 */
export class DrawQueue {
  #waiting = new Set<Waiting>()
  #frame: number | null = null
  #isPaused = false
  #middle = 0

  add(row: Waiting): () => void {
    this.#waiting.add(row)
    this.#schedule()
    return () => void this.#waiting.delete(row)
  }

  /** `middle`: of the window, in pixels of the gallery. */
  move(middle: number, isFast: boolean): void {
    this.#middle = middle
    this.#isPaused = isFast
    this.#schedule()
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
    this.#frame = null
    this.#waiting.clear()
  }

  #schedule(): void {
    if (this.#isPaused || this.#frame !== null || this.#waiting.size === 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null
      this.#drawSome()
      this.#schedule()
    })
  }

  #drawSome(): void {
    if (this.#isPaused) return
    const nearest = [...this.#waiting].sort((a, b) => Math.abs(a.middle - this.#middle) - Math.abs(b.middle - this.#middle))
    let drawn = 0
    for (const row of nearest) {
      if (drawn > 0 && drawn + row.weight > inOneFrame) break
      drawn += row.weight
      this.#waiting.delete(row)
      row.draw()
    }
  }
}

/** A queue that ends with the component. */
export function useDrawQueue(): DrawQueue {
  const [queue] = useState(() => new DrawQueue())
  useEffect(() => () => queue.stop(), [queue])
  return queue
}

/** Whether it is this row's turn to be drawn. `weight`: how many pictures it has; `middle`: where it stands. */
export function useTurn(queue: DrawQueue, middle: number, weight: number): boolean {
  const [isDrawn, setDrawn] = useState(false)
  const place = useRef({ middle, weight })
  useEffect(() => queue.add({ ...place.current, draw: () => setDrawn(true) }), [queue])
  return isDrawn
}
