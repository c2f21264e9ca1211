import { expect, test } from 'vitest'
import type { VersionSummary } from '../../../contract/index.js'
import { between, pairOf } from './pair.js'

const version = (ordinal: number, parents: number[]): VersionSummary =>
  ({
    id: `v${ordinal}`,
    item: 'item',
    ordinal,
    parents: parents.map((one) => `v${one}`),
    at: ordinal,
    person: { id: 'person-1', name: 'Ines' },
    reason: 'named',
    name: null,
    recipe: { by: 'hand' },
    isHead: false,
    hidden: false,
    removed: false,
    content: { type: 'text', words: 1, beginning: '' },
    decision: null,
  }) as unknown as VersionSummary

const versions = [version(4, [2]), version(3, [2]), version(2, [1]), version(1, [])]
const ordinals = (pair: readonly VersionSummary[] | null): number[] | undefined => pair?.map(({ ordinal }) => ordinal)

test('without a wish the newest version is compared with what it was made from', () => {
  expect(ordinals(pairOf(versions, undefined, undefined))).toEqual([2, 4])
  expect(ordinals(pairOf(versions, 'v1', 'v3'))).toEqual([1, 3])
  expect(pairOf([version(1, [])], undefined, undefined)).toBeNull()
})

test('versions in between are listed oldest first, whichever way round the two stand', () => {
  expect(ordinals(between(versions, versions[3]!, versions[0]!))).toEqual([2, 3])
  expect(ordinals(between(versions, versions[0]!, versions[3]!))).toEqual([2, 3])
})
