import { describe, expect, test } from 'vitest'
import { findTyped, flatten, placeByKey, walk, type FlatRow } from './flat.js'
import type { DeskNode } from './tree.js'

const item = (id: string, parent: string | null = null): DeskNode => ({ id, title: `Title ${id}`, item: { id } as DeskNode['item'], parent, children: [] })
const folder = (id: string, children: DeskNode[], parent: string | null = null): DeskNode => ({ id, title: `Folder ${id}`, item: null, parent, children })
const tree = [item('a'), folder('f', [item('b', 'f'), folder('g', [item('c', 'g')], 'f')]), folder('empty', []), item('d')]
const all = flatten(tree, () => true)
const ids = (rows: readonly FlatRow[]): string[] => rows.map(({ node }) => node.id)
const at = (id: string, rows = all): number => ids(rows).indexOf(id)
const to = (from: string, key: string, rows = all): unknown => {
  const step = walk(rows, at(from, rows), key, 2)
  return step && 'to' in step ? rows[step.to]!.node.id : step
}

describe('the rows of the desk', () => {
  test('open folders unfold into one list, closed ones keep what is in them', () => {
    expect(ids(all)).toEqual(['a', 'f', 'b', 'g', 'c', 'empty', 'd'])
    expect(ids(flatten(tree, (id) => id !== 'f'))).toEqual(['a', 'f', 'empty', 'd'])
    expect(all.map(({ level }) => level)).toEqual([1, 1, 2, 2, 3, 1, 1])
    expect(all.map(({ place, siblings }) => `${place}/${siblings}`)).toEqual(['1/4', '2/4', '1/2', '2/2', '1/1', '3/4', '4/4'])
    expect(all.map(({ isOpen }) => isOpen)).toEqual([null, true, null, true, null, null, null])
  })

  test('arrows walk over rows, into folders and out of them, and stop at the ends', () => {
    expect(to('a', 'ArrowDown')).toBe('f')
    expect(to('a', 'ArrowUp')).toBe('a')
    expect(to('d', 'ArrowDown')).toBe('d')
    expect(to('a', 'End')).toBe('d')
    expect(to('a', 'PageDown')).toBe('b')
    expect(to('f', 'ArrowRight')).toBe('b')
    expect(to('f', 'ArrowLeft')).toEqual({ open: 'f', isOpen: false })
    expect(to('f', 'ArrowRight', flatten(tree, () => false))).toEqual({ open: 'f', isOpen: true })
    expect(to('c', 'ArrowLeft')).toBe('g')
    expect(to('b', 'ArrowLeft')).toBe('f')
    expect(to('a', 'ArrowLeft')).toBeNull()
    expect(to('a', 'ArrowRight')).toBeNull()
  })

  test('letters lead to the next title that begins with them, and on from there', () => {
    expect(findTyped(all, at('a'), 't')).toBe(at('b'))
    expect(findTyped(all, at('d'), 't')).toBe(at('a'))
    expect(findTyped(all, at('a'), 'title a')).toBe(at('a'))
    expect(findTyped(all, at('a'), 'FOLDER E')).toBe(at('empty'))
    expect(findTyped(all, at('a'), 'zebra')).toBeNull()
  })

  test('Alt with an arrow moves a row among its siblings, into the folder above, and out of its own', () => {
    expect(placeByKey(all, at('d'), 'ArrowUp')).toEqual({ target: 'empty', position: 'before' })
    expect(placeByKey(all, at('a'), 'ArrowUp')).toBeNull()
    expect(placeByKey(all, at('a'), 'ArrowDown')).toEqual({ target: 'f', position: 'after' })
    expect(placeByKey(all, at('d'), 'ArrowRight')).toEqual({ target: 'empty', position: 'on' })
    expect(placeByKey(all, at('f'), 'ArrowRight')).toBeNull()
    expect(placeByKey(all, at('c'), 'ArrowLeft')).toEqual({ target: 'g', position: 'after' })
    expect(placeByKey(all, at('a'), 'ArrowLeft')).toBeNull()
  })
})
