import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FolderSummary, ItemSummary } from '../../../contract/index.js'
import { buildTree, countItems, filterTree, folderTitles, placeOf, type DeskNode } from './tree.js'

const folder = (id: string, parent: string | null = null, order = id): FolderSummary => ({ id, title: `Folder ${id}`, parent, order })
const item = (id: string, of: string | null = null, order = id): ItemSummary => ({
  id,
  kind: 'text',
  title: `Item ${id}`,
  folder: of,
  order,
  tags: [],
  heads: [],
  versions: 0,
  state: 'draft',
  createdAt: 0,
  changedAt: 0,
  picture: null,
  openProposals: 0,
})
const ids = (nodes: readonly DeskNode[]): unknown[] => nodes.map((node) => (node.item ? node.id : [node.id, ids(node.children)]))

describe('the desk', () => {
  test('folders and items share one order, compared by code unit', () => {
    expect(ids(buildTree([item('x', null, 'a1'), item('y', null, 'Zz')], [folder('f', null, 'a0')]))).toEqual(['y', ['f', []], 'x'])
  })

  test('what lies in a folder that is gone is shown at the top', () => {
    expect(ids(buildTree([item('x', 'gone')], []))).toEqual(['x'])
  })

  test('[REG1] folders that were moved into each other are shown at the root', () => {
    expect(ids(buildTree([item('x', 'a')], [folder('a', 'b'), folder('b', 'a')]))).toEqual([
      ['a', ['x']],
      ['b', []],
    ])
  })

  test('no item is ever lost or shown twice, whatever the folders say', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'gone')
    const parent = fc.option(name, { nil: null })
    fc.assert(
      fc.property(fc.tuple(parent, parent, parent, parent), fc.array(parent, { maxLength: 12 }), (of, places) => {
        const folders = ['a', 'b', 'c', 'd'].map((id, index) => folder(id, of[index] ?? null))
        const items = places.map((place, index) => item(`i${index}`, place))
        expect(countItems(buildTree(items, folders))).toBe(items.length)
      }),
      { numRuns: 300 },
    )
  })

  test('a filter keeps the folders that lead to what it finds', () => {
    const tree = buildTree([item('letter', 'a'), item('list', 'b')], [folder('a'), folder('b')])
    expect(ids(filterTree(tree, 'LETTER'))).toEqual([['a', ['letter']]])
    expect(ids(filterTree(tree, 'folder b'))).toEqual([['b', ['list']]])
    expect(filterTree(tree, 'nothing')).toEqual([])
  })

  test('an item knows the folders that it lies in', () => {
    expect(folderTitles(buildTree([item('x', 'b')], [folder('a'), folder('b', 'a')]), 'x')).toEqual(['Folder a', 'Folder b'])
  })
})

describe('where a dropped row goes', () => {
  const tree = buildTree([item('x', 'a', '1'), item('y', 'a', '2'), item('z', null, '9')], [folder('a', null, '0'), folder('b', 'a', '3')])

  test('before and after another, in its folder', () => {
    expect(placeOf(tree, 'z', 'y', 'before')).toEqual({ folder: 'a', before: 'y' })
    expect(placeOf(tree, 'z', 'x', 'after')).toEqual({ folder: 'a', before: 'y' })
    expect(placeOf(tree, 'x', 'b', 'after')).toEqual({ folder: 'a', before: undefined })
  })

  test('a row that moves one down skips itself', () => {
    expect(placeOf(tree, 'y', 'x', 'after')).toEqual({ folder: 'a', before: 'b' })
  })

  test('into a folder, but not into an item and no folder into itself', () => {
    expect(placeOf(tree, 'z', 'b', 'on')).toEqual({ folder: 'b', before: undefined })
    expect(placeOf(tree, 'z', 'x', 'on')).toBeNull()
    expect(placeOf(tree, 'a', 'b', 'on')).toBeNull()
    expect(placeOf(tree, 'a', 'x', 'before')).toBeNull()
  })
})
