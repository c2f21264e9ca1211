import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRoute, parseRoute, type Route } from './route.js'

const id = fc.stringMatching(/^[0-9a-f]{64}$/)
const view = fc.oneof(
  fc.record({ type: fc.constant('item' as const), item: id }),
  fc.record({ type: fc.constant('item' as const), item: id, mode: fc.constant('combine' as const) }),
  fc.record({ type: fc.constant('item' as const), item: id, mode: fc.constant('compare' as const) }),
  fc.record({ type: fc.constant('item' as const), item: id, mode: fc.constant('compare' as const), old: id, fresh: id }),
  fc.record({ type: fc.constant('merge' as const), copy: fc.string({ minLength: 1, unit: 'grapheme' }) }),
  fc.record({ type: fc.constantFrom('models' as const, 'review' as const, 'log' as const, 'none' as const) }),
)
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constant({ screen: 'welcome' } as const),
  fc.record({ screen: fc.constant('project' as const), path: fc.string({ minLength: 1, unit: 'grapheme' }), view }),
)

test('a route comes back from the address, whatever the path is called', () => {
  fc.assert(fc.property(route, (value) => { expect(parseRoute(formatRoute(value))).toEqual(value) }), { numRuns: 300 })
})

test('an address that is not understood is the list of projects', () => {
  for (const hash of ['', '#', '#/nowhere', '#/project', '#/project/%E0%A4%A']) expect(parseRoute(hash)).toEqual({ screen: 'welcome' })
})
