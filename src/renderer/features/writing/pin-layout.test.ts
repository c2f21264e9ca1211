import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placePins } from './pin-layout.js'

describe('pins of comments in the margin', () => {
  it('of one line stack downwards where nothing follows', () => {
    expect(placePins([{ mark: 'a', line: 0 }, { mark: 'b', line: 1 }], 26)).toEqual([{ marks: ['a'], top: 0 }, { marks: ['b'], top: 26 }])
  })

  it('of one line are one pin where the next line has its own', () => {
    const places = [{ mark: 'a', line: 0 }, { mark: 'b', line: 1 }, { mark: 'c', line: 28 }]
    expect(placePins(places, 26)).toEqual([{ marks: ['a', 'b'], top: 0 }, { marks: ['c'], top: 28 }])
  })

  it('stand for all comments, never overlap, and stay at their lines however many there are', () => {
    fc.assert(fc.property(fc.array(fc.nat(40), { maxLength: 300 }), (lines) => {
      const placed = placePins(lines.map((line, index) => ({ mark: index, line: line * 28 })), 26)
      expect(placed.flatMap(({ marks }) => marks).sort((a, b) => a - b)).toEqual(lines.map((_, index) => index))
      for (const [at, pin] of placed.entries()) {
        if (at > 0) expect(pin.top - placed[at - 1]!.top).toBeGreaterThanOrEqual(26 - 3)
        if (pin.marks.length > 1) expect(pin.top % 28).toBe(0)
      }
    }))
  })
})
