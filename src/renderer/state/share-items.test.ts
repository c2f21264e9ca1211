import { describe, expect, test } from 'vitest'
import type { ItemSummary } from '../../contract/index.js'
import { shareItems, type DeskAnswer } from './share-items.js'

const item = (id: string, more: Partial<ItemSummary> = {}): ItemSummary => ({
  id, kind: 'text', title: id, folder: null, order: id, tags: ['a'], heads: ['h'], versions: 1, state: 'draft', createdAt: 0, changedAt: 0, picture: null, openProposals: 0, ...more,
})
const answer = (...items: ItemSummary[]): DeskAnswer => ({ items, folders: [{ id: 'f', title: 'F', parent: null, order: 'a' }] })
const share = (before: unknown, after: unknown): DeskAnswer => shareItems(before, after) as DeskAnswer

describe('two answers of the desk', () => {
  test('the same one is the same object', () => {
    const before = answer(item('x'), item('y'))
    expect(share(before, answer(item('x'), item('y')))).toBe(before)
  })

  test('only what changed is another object: a title, a tag, a place in the list', () => {
    const before = answer(item('x'), item('y'), item('z'))
    const after = share(before, answer(item('x', { title: 'New' }), item('y', { tags: ['b'] }), item('z')))
    expect(after.items.map(({ title, tags }) => [title, ...tags])).toEqual([['New', 'a'], ['y', 'b'], ['z', 'a']])
    expect(after.items[2]).toBe(before.items[2])
    expect(after.folders).toBe(before.folders)
    const moved = share(before, answer(item('z'), item('x')))
    expect(moved.items).toEqual([before.items[2], before.items[0]])
    expect(moved.items[0]).toBe(before.items[2])
  })

  test('a field that an answer has more is no reason to keep the old one', () => {
    const before = answer(item('x'))
    const more = { ...item('x'), note: 'new' } as ItemSummary
    expect(share(before, answer(more)).items[0]).toBe(more)
    expect(share(undefined, before)).toBe(before)
  })
})
