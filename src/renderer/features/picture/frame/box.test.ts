import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxOfRatio, dragHandle, drawBox, handles, moveBox, type Box, type Limits } from './box.js'

const sides = { min: 20, max: 6000 }
const bounds = fc.record({ width: fc.integer(sides), height: fc.integer(sides) })
const limits: fc.Arbitrary<Limits> = fc.record({
  bounds, least: fc.integer({ min: 1, max: 16 }), grid: fc.constant(1), ratio: fc.option(fc.constantFrom(1, 3 / 2, 2 / 3, 16 / 9, 9 / 16), { nil: null }),
})
const point = fc.record({ x: fc.integer({ min: -500, max: 7000 }), y: fc.integer({ min: -500, max: 7000 }) })
const far = fc.integer({ min: -8000, max: 8000 })

function expectOn(box: Box, { bounds: { width, height } }: Limits): void {
  for (const value of [box.x, box.y, box.width, box.height]) expect(Number.isInteger(value)).toBe(true)
  expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(1)
  expect(box.x + box.width).toBeLessThanOrEqual(width)
  expect(box.y + box.height).toBeLessThanOrEqual(height)
}

/** As near to the ratio as whole pixels can be. */
function expectRatio({ width, height }: Box, ratio: number | null): void {
  if (ratio !== null) expect(Math.abs(width - height * ratio)).toBeLessThanOrEqual(0.5 + ratio / 2 + 1e-6)
}

describe('a box on a picture', () => {
  test('stays on the picture in whole pixels, and keeps its ratio, however it is drawn, moved and pulled', () => {
    const act = fc.record({ handle: fc.option(fc.constantFrom(...handles), { nil: null }), x: far, y: far })
    fc.assert(
      fc.property(limits, point, point, fc.array(act, { maxLength: 12 }), (held, a, b, acts) => {
        let box = drawBox(a, b, held)
        expectOn(box, held)
        for (const { handle, x, y } of acts) {
          box = handle ? dragHandle(box, handle, x, y, held) : moveBox(box, x, y, held)
          expectOn(box, held)
          expectRatio(box, held.ratio)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('what is across from the handle stays where it is', () => {
    fc.assert(
      fc.property(limits, point, point, fc.constantFrom(...handles), far, far, (held, a, b, handle, x, y) => {
        const before = drawBox(a, b, held)
        const after = dragHandle(before, handle, x, y, held)
        if (handle.includes('e')) expect(after.x).toBe(before.x)
        if (handle.includes('w')) expect(after.x + after.width).toBe(before.x + before.width)
        if (handle.includes('s')) expect(after.y).toBe(before.y)
        if (handle.includes('n')) expect(after.y + after.height).toBe(before.y + before.height)
      }),
      { numRuns: 300 },
    )
  })

  test('a free side follows the handle exactly, as far as the picture and the least size let it', () => {
    const held: Limits = { bounds: { width: 100, height: 80 }, least: 4, grid: 1, ratio: null }
    const box = { x: 10, y: 20, width: 30, height: 40 }
    expect(dragHandle(box, 'e', 7, 99, held)).toEqual({ ...box, width: 37 })
    expect(dragHandle(box, 'nw', -3, 5, held)).toEqual({ x: 7, y: 25, width: 33, height: 35 })
    expect(dragHandle(box, 'w', 500, 0, held)).toEqual({ ...box, x: 36, width: 4 })
    expect(dragHandle(box, 's', 0, 500, held)).toEqual({ ...box, height: 60 })
  })

  test('the largest box of a ratio stands round the middle of the old one', () => {
    const held: Limits = { bounds: { width: 120, height: 80 }, least: 1, grid: 1, ratio: 1 }
    expect(boxOfRatio({ x: 50, y: 10, width: 40, height: 10 }, held)).toEqual({ x: 30, y: 0, width: 80, height: 80 })
    fc.assert(fc.property(limits, point, point, (any, a, b) => {
      const box = boxOfRatio(drawBox(a, b, any), any)
      expectOn(box, any)
      expectRatio(box, any.ratio)
    }))
  })
})
