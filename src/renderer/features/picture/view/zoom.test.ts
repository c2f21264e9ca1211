import { describe, expect, test } from 'vitest'
import { closeScale, fitScale, fitted, moveBy, scaleOf, zoomBy, zoomTo } from './zoom.js'

const table = { width: 920, height: 496 }
const picture = { width: 1600, height: 800 }

describe('a picture on the light table', () => {
  test('fits with room around it, and a small one is enlarged, but not without end', () => {
    expect(fitScale(table, picture)).toBe(0.5)
    expect(fitScale(table, { width: 100, height: 100 })).toBe(4)
    expect(fitScale(table, { width: 4, height: 4 })).toBe(8)
  })

  test('the point under the pointer stays while it grows', () => {
    const point = { x: 100, y: -50 }
    const place = zoomTo(fitted, 1, table, picture, point)
    // At half its size the point lay 200 picture pixels from the middle; at full size it still lies under the pointer.
    expect(place).toEqual({ scale: 1, x: -100, y: 50 })
  })

  test('a closer look shows each pixel, or is twice as large where the whole picture already does', () => {
    expect(closeScale(table, picture)).toBe(1)
    expect(closeScale(table, { width: 100, height: 100 })).toBe(8)
  })

  test('steps in and out lead back', () => {
    const there = zoomBy(fitted, 1.25, table, picture)
    expect(scaleOf(zoomBy(there, 0.8, table, picture), table, picture)).toBeCloseTo(0.5)
  })

  test('it cannot be pushed off the table', () => {
    const far = moveBy({ scale: 1, x: 0, y: 0 }, 10_000, -10_000, table, picture)
    expect(far.x).toBeLessThan(1600 / 2 + 880 / 2)
    expect(far.y).toBeGreaterThan(-(800 / 2 + 480 / 2))
  })

  test('a picture without a size does not break the table', () => {
    expect(fitScale(table, { width: 0, height: 0 })).toBe(1)
  })
})
