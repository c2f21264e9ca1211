import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layoutGraph, unit, type GraphNode } from './graph-layout.js'

const day = 86_400_000
const node = (id: string, item: string, at: number, madeFrom: string[] = [], read: string[] = []): GraphNode => ({ id, item, at, madeFrom, read })
const placeOf = (nodes: readonly GraphNode[], id: string) => layoutGraph(nodes).nodes.find((one) => one.id === id)!

describe('a lineage as a graph', () => {
  test('each item has a lane, and each day a column, from left to right', () => {
    const { lanes, dates } = layoutGraph([node('b', 'picture', 5 * day, ['a']), node('a', 'picture', day), node('t', 'text', day + 1000)])
    expect(lanes.map(({ item }) => item)).toEqual(['picture', 'text'])
    expect(dates.map(({ x }) => x)).toEqual([unit.left, unit.left + unit.column])
  })

  test('pictures that were made side by side stand below each other', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id, index) => node(id, 'picture', day + index))
    const { nodes: placed } = layoutGraph(nodes)
    expect(new Set(placed.map(({ x }) => x)).size).toBe(1)
    expect(new Set(placed.map(({ y }) => y)).size).toBe(4)
  })

  test('what was made from another on the same day stands right of it, in its row', () => {
    const nodes = [node('a', 'picture', day), node('b', 'picture', day + 1), node('c', 'picture', day + 2, ['b'])]
    expect(placeOf(nodes, 'c').x).toBeGreaterThan(placeOf(nodes, 'b').x)
    expect(placeOf(nodes, 'c').y).toBe(placeOf(nodes, 'b').y)
  })

  test('a line goes around what stands between', () => {
    const nodes = [node('a', 'text', day), node('b', 'text', 2 * day, ['a']), node('c', 'text', 3 * day, ['b', 'a'])]
    const { edges } = layoutGraph(nodes)
    expect(edges.find(({ from, to }) => from === 'a' && to === 'c')!.path).toContain('L')
    expect(edges.find(({ from, to }) => from === 'a' && to === 'b')!.path).not.toContain('L')
  })

  test('reading is another kind of line than making, and what is not shown has none', () => {
    const { edges } = layoutGraph([node('t', 'text', day), node('a', 'picture', 2 * day, ['gone'], ['t'])])
    expect(edges).toMatchObject([{ from: 't', to: 'a', kind: 'read' }])
  })

  test('no two versions lie on each other', () => {
    const graph = fc.array(fc.record({ item: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: 0, max: 10 * day }), parent: fc.integer({ min: 0, max: 40 }) }), { maxLength: 40 })
    fc.assert(fc.property(graph, (rows) => {
      const nodes = rows.map(({ item, at, parent }, index) => node(String(index), item, at, parent < index ? [String(parent)] : []))
      const { nodes: placed } = layoutGraph(nodes)
      expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length)
    }), { numRuns: 100 })
  })
})
