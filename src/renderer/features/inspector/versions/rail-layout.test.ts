import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layoutRail, railWidth } from './rail-layout.js'

describe('the rail beside versions', () => {
  test('versions made one from the other stand on one lane', () => {
    const rail = layoutRail([
      { id: 'c', parents: ['b'] },
      { id: 'b', parents: ['a'] },
      { id: 'a', parents: [] },
    ])
    expect(rail.map((row) => row.lane)).toEqual([0, 0, 0])
    expect(rail[1]?.lines).toEqual([
      { from: 0, to: null },
      { from: null, to: 0 },
    ])
    expect(rail[2]?.lines).toEqual([{ from: 0, to: null }])
  })

  test('two heads that were combined part and come together again', () => {
    const rail = layoutRail([
      { id: 'd', parents: ['b', 'c'] },
      { id: 'c', parents: ['a'] },
      { id: 'b', parents: ['a'] },
      { id: 'a', parents: [] },
    ])
    expect(rail.map((row) => row.lane)).toEqual([0, 1, 0, 0])
    expect(railWidth(rail)).toBe(2)
  })

  test('a parent on the next page keeps its line to the end', () => {
    expect(layoutRail([{ id: 'b', parents: ['a'] }])[0]?.lines).toEqual([{ from: null, to: 0 }])
  })

  test('lines that leave a row at its bottom arrive at the top of the next, whatever the lineage', () => {
    const lineage = fc
      .integer({ min: 1, max: 14 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, index) =>
            fc
              .uniqueArray(fc.integer({ min: index + 1, max: Math.max(index + 1, count - 1) }), { maxLength: 3 })
              .map((parents) => ({ id: `${index}`, parents: parents.filter((parent) => parent < count).map(String) })),
          ),
        ),
      )
    fc.assert(
      fc.property(lineage, (rows) => {
        const rail = layoutRail(rows)
        for (const [index, row] of rail.entries()) {
          const leaving = new Set(row.lines.flatMap((line) => (line.to === null ? [] : [line.to])))
          const arriving = new Set((rail[index + 1]?.lines ?? []).flatMap((line) => (line.from === null ? [] : [line.from])))
          if (index + 1 < rail.length) expect(arriving).toEqual(leaving)
        }
        expect(railWidth(rail)).toBeLessThanOrEqual(5)
      }),
      { numRuns: 200 },
    )
  })
})
