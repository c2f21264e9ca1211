import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinRuns, originShares } from './origin-share.js'

const origin = fc.constantFrom('typed' as const, 'pasted' as const, 'model' as const, 'model-edited' as const)

test('shares add up to 100', () => {
  const run = fc
    .record({ from: fc.nat(1000), length: fc.integer({ min: 1, max: 1000 }), origin })
    .map(({ from, length, origin: of }) => ({ from, to: from + length, origin: of }))
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 30 }), (runs) => {
      expect(Object.values(originShares(runs)).reduce((sum, share) => sum + share, 0)).toBe(100)
    }),
    { numRuns: 200 },
  )
})

test('a text that was typed alone is typed alone', () => {
  expect(originShares([{ from: 1, to: 40, origin: 'typed' }])).toEqual({ typed: 100, pasted: 0, model: 0, 'model-edited': 0 })
  expect(originShares([])).toEqual({ typed: 0, pasted: 0, model: 0, 'model-edited': 0 })
})

test('neighbouring runs of one origin are drawn as one', () => {
  expect(
    joinRuns([
      { from: 1, to: 40, origin: 'model' },
      { from: 42, to: 60, origin: 'model' },
      { from: 62, to: 70, origin: 'typed' },
    ]),
  ).toEqual([
    { from: 1, to: 60, origin: 'model' },
    { from: 62, to: 70, origin: 'typed' },
  ])
})
