import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HeadsView, MergePreview } from '../../../contract/index.js'
import { completePicks, conflictsOf, partsOf, takenOf } from './combine-parts.js'
import { diffWords } from './diff-words.js'
import { bringsNothing, groupChanges } from './merge-groups.js'

const heads: HeadsView = {
  heads: 2,
  a: { version: 'a', ordinal: 2, person: 'Ines' },
  b: { version: 'b', ordinal: 3, person: 'Marit' },
  ancestor: 'x',
  conflicts: 2,
  merged: {},
  paragraphs: [
    [
      { kind: 'same', text: 'A crab went ' },
      { kind: 'one', from: 'b', added: 'past', removed: 'by' },
    ],
    [
      { kind: 'same', text: 'so that ' },
      { kind: 'conflict', index: 0, ancestor: 'her feet', a: 'half', b: 'her' },
      { kind: 'same', text: ' ' },
      { kind: 'conflict', index: 1, ancestor: 'x', a: 'y', b: '' },
      { kind: 'same', text: '.' },
    ],
  ],
}

describe('two heads of a text', () => {
  test('a paragraph is cut at its conflicts, and blanks between two of them are no paragraph', () => {
    expect(partsOf(heads).map((part) => part.kind)).toEqual(['words', 'words', 'conflict', 'conflict', 'words'])
    expect(conflictsOf(heads).map(({ index }) => index)).toEqual([0, 1])
    expect(takenOf(heads)).toEqual({ a: [], b: ['past'] })
  })

  test('a version can be made only when each conflict is picked', () => {
    expect(completePicks(2, new Map([[1, 'a']]))).toBeNull()
    expect(
      completePicks(
        2,
        new Map([
          [1, 'a'],
          [0, 'both'],
        ]),
      ),
    ).toEqual(['both', 'a'])
    expect(completePicks(0, new Map())).toEqual([])
  })

  test('the words of a side are all there, and what it shares with the ancestor is not marked as new', () => {
    expect(
      diffWords('the light just touched her', 'the light only just reached her')
        .filter(({ isNew }) => isNew)
        .map(({ text }) => text.trim()),
    ).toEqual(['only', 'reached'])
    fc.assert(
      fc.property(fc.string(), fc.string(), (old, fresh) => {
        expect(
          diffWords(old, fresh)
            .map(({ text }) => text)
            .join(''),
        ).toBe(fresh)
      }),
      { numRuns: 100 },
    )
  })
})

describe('what a copy would bring', () => {
  const change = (item: string, more: Partial<MergePreview['changes'][number]>): MergePreview['changes'][number] => ({
    item,
    title: item,
    kind: 'text',
    isNew: false,
    versions: 1,
    comments: 0,
    decisions: 0,
    secondHead: false,
    ...more,
  })
  const nothing: MergePreview = {
    commits: 0,
    items: 0,
    versions: 0,
    comments: 0,
    decisions: 0,
    secondHeads: 0,
    refused: [],
    people: [],
    changes: [],
    setAside: false,
  }

  test('what needs a person stands apart from what is new and from what follows ours', () => {
    const { both, fresh, more } = groupChanges([change('manuscript', { secondHead: true }), change('dedication', { isNew: true }), change('cover', {})])
    expect([both, fresh, more].map((list) => list.map(({ item }) => item))).toEqual([['manuscript'], ['dedication'], ['cover']])
  })

  test('a copy that was set aside, or whose entries are refused, is not a copy without anything new', () => {
    expect(bringsNothing(nothing)).toBe(true)
    expect(bringsNothing({ ...nothing, setAside: true })).toBe(false)
    expect(bringsNothing({ ...nothing, refused: [{ what: 'commit', reason: 'wrong-hash' }] })).toBe(false)
  })
})
