import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldRows, type Run } from './folds.js'

const run = (start: number, count: number): Run => ({ start, count, from: 0, to: 0 })

describe('runs of versions', () => {
  test('a closed run is one row, an open one has a row for its head and each version', () => {
    const runs = [run(2, 5), run(9, 4)]
    const closed = foldRows(15, runs, () => false)
    expect(closed.count).toBe(8)
    expect(Array.from({ length: 8 }, (_, row) => closed.at(row)).map((row) => (row.type === 'run' ? `run ${row.run.start}` : row.index))).toEqual([0, 1, 'run 2', 7, 8, 'run 9', 13, 14])
    const open = foldRows(15, runs, ({ start }) => start === 2)
    expect(open.count).toBe(13)
    expect(open.at(2)).toEqual({ type: 'run', run: runs[0], isOpen: true })
    expect(open.at(3)).toEqual({ type: 'version', index: 2 })
    expect(open.rowOf(4)).toBe(5)
    expect(closed.rowOf(4)).toBe(2)
  })

  test('every version has one row, and every row leads back to itself, whichever runs are open', () => {
    const pieces = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 6 }), fc.boolean()), { maxLength: 12 })
    fc.assert(fc.property(pieces, fc.nat(5), (parts, end) => {
      const runs: Run[] = []
      const open = new Set<number>()
      let at = 0
      for (const [gap, count, isOpen] of parts) {
        at += gap
        if (isOpen) open.add(at)
        runs.push(run(at, count))
        at += count
      }
      const folds = foldRows(at + end, runs, ({ start }) => open.has(start))
      const shown = Array.from({ length: folds.count }, (_, row) => folds.at(row))
      const hidden = runs.filter(({ start }) => !open.has(start)).reduce((sum, { count }) => sum + count, 0)
      const indexes = shown.flatMap((row) => (row.type === 'version' ? [row.index] : []))
      expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
      expect(indexes).toHaveLength(at + end - hidden)
      for (const [place, row] of shown.entries()) expect(folds.rowOf(row.type === 'run' && row.isOpen ? row.run.start - 1 : row.type === 'run' ? row.run.start : row.index)).toBe(row.type === 'run' && row.isOpen ? place - 1 : place)
    }))
  })
})
