import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { justify, nearestIn, placesIn } from './justified.js'

const grid = { width: 1000, target: 160, gap: 12, caption: 24 }
const ratio = fc.double({ min: 0.2, max: 5, noNaN: true })

describe('a justified grid', () => {
  test('every picture lies in one row, in order', () => {
    fc.assert(fc.property(fc.array(ratio, { maxLength: 120 }), fc.integer({ min: 200, max: 2400 }), (ratios, width) => {
      const { rows } = justify(ratios, { ...grid, width })
      expect(rows.flatMap((row) => Array.from({ length: row.end - row.start }, (_, index) => row.start + index))).toEqual(ratios.map((_, index) => index))
    }), { numRuns: 200 })
  })

  test('no row is wider than the grid, and no picture is cropped', () => {
    fc.assert(fc.property(fc.array(ratio, { minLength: 1, maxLength: 60 }), (ratios) => {
      for (const row of justify(ratios, grid).rows) {
        const last = placesIn(row, ratios, grid.gap).at(-1)!
        expect(last.left + last.width).toBeLessThanOrEqual(grid.width + 0.01)
        for (const [index, { width }] of placesIn(row, ratios, grid.gap).entries()) expect(width / row.height).toBeCloseTo(ratios[row.start + index]!, 6)
      }
    }), { numRuns: 200 })
  })

  test('a full page of like pictures ends with a full row', () => {
    const { rows } = justify(Array.from({ length: 100 }, () => 4 / 3), grid)
    const last = rows.at(-1)!
    expect(last.height).toBeLessThan(grid.target * 1.3)
    expect(placesIn(last, Array.from({ length: 100 }, () => 4 / 3), grid.gap).at(-1)!.left).toBeGreaterThan(600)
  })

  test('one picture does not fill a wide window', () => {
    expect(justify([1], grid).rows[0]!.height).toBe(240)
  })

  test('a step down goes to the picture below', () => {
    const ratios = [1, 1, 1, 1, 2, 2]
    expect(nearestIn({ start: 4, end: 6, top: 0, height: 100 }, ratios, 10, 90)).toBe(4)
    expect(nearestIn({ start: 4, end: 6, top: 0, height: 100 }, ratios, 10, 300)).toBe(5)
  })
})
