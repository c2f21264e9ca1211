import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DrawQueue } from './draw-queue.js'

let frames: (() => void)[] = []
const nextFrame = (): void => { for (const frame of frames.splice(0)) frame() }

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => { frames = [] })
})
afterEach(() => vi.unstubAllGlobals())

describe('rows that wait to be drawn', () => {
  const drawn: number[] = []
  const add = (queue: DrawQueue, middle: number, weight = 6): (() => void) => queue.add({ middle, weight, draw: () => drawn.push(middle) })
  beforeEach(() => { drawn.length = 0 })

  test('a frame draws one row of usual width, those nearest to the middle of the window first', () => {
    const queue = new DrawQueue()
    queue.move(1000, false)
    for (const middle of [400, 1600, 1100, 900]) add(queue, middle)
    nextFrame()
    expect(drawn).toEqual([1100])
    nextFrame()
    nextFrame()
    nextFrame()
    expect(drawn).toEqual([1100, 900, 400, 1600])
    expect(frames).toHaveLength(0)
  })

  test('narrow rows share a frame, and a very wide one is drawn all the same', () => {
    const queue = new DrawQueue()
    for (const [middle, weight] of [[1, 2], [2, 2], [3, 2], [4, 40]] as const) add(queue, middle, weight)
    nextFrame()
    expect(drawn).toEqual([1, 2, 3])
    nextFrame()
    expect(drawn).toEqual([1, 2, 3, 4])
  })

  test('nothing is drawn while a person flies past, nor what is out of sight again by then', () => {
    const queue = new DrawQueue()
    const gone = add(queue, 1)
    add(queue, 2)
    queue.move(0, true)
    nextFrame()
    expect(drawn).toEqual([])
    gone()
    queue.move(0, false)
    nextFrame()
    expect(drawn).toEqual([2])
  })
})
