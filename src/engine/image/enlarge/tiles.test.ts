import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillClear } from './fill-clear.js'
import { surroundings, TILE, tilesOf } from './tiles.js'

describe('tiles of a picture', () => {
  test('cover every pixel once, whatever its size', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (width, height) => {
      const seen = new Uint8Array(width * height)
      for (const { left, top, width: w, height: h } of tilesOf(width, height).flat()) {
        expect(w > 0 && h > 0 && w <= TILE && h <= TILE).toBe(true)
        for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) seen[y * width + x]!++
      }
      expect(seen.every((count) => count === 1)).toBe(true)
    }), { numRuns: 30 })
  })

  test('are seen with what lies around them, the edge of the picture repeated', () => {
    const bytes = Uint8Array.from({ length: 3 * 2 }, (_, index) => index * 51)
    const { data, width, height } = surroundings({ bytes, width: 3, height: 2, channels: 1 }, { left: 1, top: 0, width: 2, height: 1 }, { overlap: 1, multiple: 2 })
    expect([width, height]).toEqual([4, 4])
    const rows = Array.from({ length: 4 }, (_, y) => [...data.subarray(y * 4, y * 4 + 4)].map((value) => Math.round(value * 5)))
    expect(rows).toEqual([[0, 1, 2, 2], [0, 1, 2, 2], [3, 4, 5, 5], [3, 4, 5, 5]])
    expect([...data.subarray(16, 32)]).toEqual([...data.subarray(0, 16)])
  })
})

describe('what lies under transparency', () => {
  const pixels = (...all: [number, number, number, number][]): Uint8Array => Uint8Array.from(all.flat())

  test('takes the colour of what can be seen nearby, and opaque pixels keep theirs', () => {
    const filled = fillClear(pixels([200, 10, 10, 255], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]), 4, 1)
    expect([...filled]).toEqual([200, 10, 10, 200, 10, 10, 200, 10, 10, 200, 10, 10])
  })

  test('is near to its nearest neighbour where there are several', () => {
    const row = Array.from({ length: 16 }, (_, x): [number, number, number, number] => (x < 2 ? [250, 0, 0, 255] : x > 13 ? [0, 0, 250, 255] : [0, 0, 0, 0]))
    const filled = fillClear(pixels(...row), 16, 1)
    expect(filled[2 * 3]).toBeGreaterThan(filled[2 * 3 + 2]!)
    expect(filled[13 * 3 + 2]).toBeGreaterThan(filled[13 * 3]!)
  })

  test('may be all of a picture', () => {
    expect([...fillClear(new Uint8Array(12), 3, 1)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
  })
})
