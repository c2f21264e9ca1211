import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stackMarks } from './margin-layout.js'

describe('marks of the margin', () => {
  it('stand on their lines where there is room', () => {
    expect(stackMarks([{ index: 0, line: 0 }, { index: 1, line: 28 }], 28)).toEqual([
      { index: 0, line: 0, top: 0, moved: 0, numbered: false }, { index: 1, line: 28, top: 28, moved: 0, numbered: false },
    ])
  })

  it('of one line stack downwards, and their words carry the number', () => {
    expect(stackMarks([{ index: 3, line: 56 }, { index: 4, line: 57 }], 28)).toEqual([
      { index: 3, line: 56, top: 56, moved: 0, numbered: true }, { index: 4, line: 57, top: 84, moved: 27, numbered: true },
    ])
  })

  it('never overlap, stay in the order of the text and never stand above their line', () => {
    fc.assert(fc.property(fc.array(fc.nat(400), { maxLength: 40 }), (lines) => {
      const placed = stackMarks(lines.sort((a, b) => a - b).map((line, index) => ({ index, line })), 28)
      for (const [at, mark] of placed.entries()) {
        expect(mark.top).toBeGreaterThanOrEqual(mark.line)
        // Up to two pixels are left to the lines themselves.
        if (at > 0) expect(mark.top - placed[at - 1]!.top).toBeGreaterThanOrEqual(28 - 3)
      }
    }))
  })
})
