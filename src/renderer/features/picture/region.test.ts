import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dragHandle, drawBox, moveBox, type Box } from './frame/box.js'
import { middle, regionLimits, type Region } from './region.js'

const isOnPicture = ({ x, y, width, height }: Region): boolean => x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 100.05 && y + height <= 100.05
const draw = (a: { x: number; y: number }, b: { x: number; y: number }): Box => drawBox(a, b, regionLimits)

describe('a region of a picture', () => {
  test('is the same in whatever direction it was drawn', () => {
    expect(draw({ x: 60, y: 70 }, { x: 20, y: 10 })).toEqual(draw({ x: 20, y: 10 }, { x: 60, y: 70 }))
  })

  test('a click without a drag is still large enough to be pointed at', () => {
    expect(draw({ x: 100, y: 100 }, { x: 100, y: 100 })).toEqual({ x: 98, y: 98, width: 2, height: 2 })
  })

  test('stays on the picture however it is drawn, moved and sized', () => {
    const point = fc.record({ x: fc.integer({ min: -50, max: 150 }), y: fc.integer({ min: -50, max: 150 }) })
    const steps = fc.array(fc.record({ moves: fc.boolean(), x: fc.integer({ min: -30, max: 30 }), y: fc.integer({ min: -30, max: 30 }) }), { maxLength: 20 })
    fc.assert(fc.property(point, point, steps, (a, b, all) => {
      const end = all.reduce((region, step) => (step.moves ? moveBox(region, step.x, step.y, regionLimits) : dragHandle(region, 'se', step.x, step.y, regionLimits)), draw(a, b))
      expect(isOnPicture(end)).toBe(true)
    }), { numRuns: 200 })
  })

  test('arrow keys move it and Shift with them sizes it', () => {
    expect(moveBox(middle, 1, -1, regionLimits)).toEqual({ x: 36, y: 34, width: 30, height: 30 })
    expect(dragHandle(middle, 'se', 1, -1, regionLimits)).toEqual({ x: 35, y: 35, width: 31, height: 29 })
  })
})
