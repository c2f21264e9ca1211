import { expect, test } from 'vitest'
import type { VersionSummary } from '../../../contract/index.js'
import { between, draftId, pairOf } from './pair.js'

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
const ordinals = (pair: readonly { ordinal: number }[] | null): number[] | undefined => pair?.map(({ ordinal }) => ordinal)

test('without a wish the newest version is compared with what it was made from', () => {
  expect(ordinals(pairOf(versions, undefined, undefined))).toEqual([2, 4])
  expect(ordinals(pairOf(versions, 'v1', 'v3'))).toEqual([1, 3])
  expect(pairOf([version(1, [])], undefined, undefined)).toBeNull()
})

test('what is typed and not kept yet is compared with what it grew from, and with any version by name', () => {
  const ids = (pair: ReturnType<typeof pairOf>): string[] | undefined => pair?.map(({ id }) => id)
  const draft = { base: 'v3', differs: true }
  expect(ids(pairOf(versions, undefined, undefined, draft))).toEqual(['v3', draftId])
  expect(ids(pairOf(versions, 'v1', draftId, draft))).toEqual(['v1', draftId])
  expect(ids(pairOf(versions, draftId, 'v1', draft))).toEqual([draftId, 'v1'])
  expect(ids(pairOf(versions, undefined, undefined, { ...draft, differs: false }))).toEqual(['v2', 'v4'])
  expect(ids(pairOf([version(1, [])], undefined, undefined, { base: 'v1', differs: true }))).toEqual(['v1', draftId])
  // No draft, as of a picture.
  expect(ids(pairOf(versions, 'v1', draftId, null))).toEqual(['v1', 'v4'])
})

test('versions in between are listed oldest first, whichever way round the two stand', () => {
  expect(ordinals(between(versions, versions[3]!, versions[0]!))).toEqual([2, 3])
  expect(ordinals(between(versions, versions[0]!, versions[3]!))).toEqual([2, 3])
})
