import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageOf, pageSize } from './log-pages.js'

test('from the newest page to the oldest every entry of a long log is shown once', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), (total) => {
    let page = pageOf(undefined, total)
    expect([page.to, page.newest]).toEqual([total, null])
    let next = total
    for (;;) {
      expect(page.to).toBe(next)
      next = page.from - 1
      if (page.older === null) break
      page = pageOf(page.older, total)
    }
    expect(next).toBe(0)
  }), { numRuns: 50 })
})

test('the oldest page is full where there is enough, and newer pages lead back to the newest one', () => {
  const total = 1_234
  const oldest = pageOf(pageOf(undefined, total).oldest!, total)
  expect([oldest.from, oldest.to, oldest.older, oldest.newest]).toEqual([1, pageSize, null, undefined])
  let [page, steps] = [oldest, 0]
  while (page.newest !== null) {
    page = pageOf(page.newer, total)
    steps++
  }
  expect(page.to).toBe(total)
  expect(steps).toBe(12)
})

test('a page of older entries stays where it is while others are written', () => {
  expect(pageOf(501, 1_000)).toMatchObject({ from: 401, to: 500 })
  expect(pageOf(501, 1_250)).toMatchObject({ from: 401, to: 500 })
})
