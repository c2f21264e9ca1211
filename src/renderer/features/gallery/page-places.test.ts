import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pageAt, placePages } from './page-places.js'

describe('where the pages of the gallery stand', () => {
  test('pages that were not laid out are as high as usual, the last one as high as it should be', () => {
    const places = placePages(4, new Map([[1, 150]]), 100, 40)
    expect([...places.tops]).toEqual([0, 100, 250, 350, 390])
    expect(places.height).toBe(390)
  })

  test('the page at a place is the one that holds it; before the first and after the last it is the nearest', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 })
    fc.assert(fc.property(heights, fc.integer({ min: -100, max: 20_000 }), (all, place) => {
      const places = placePages(all.length, new Map(all.entries()), 0, 0)
      const page = pageAt(places, place)
      if (place < 0) expect(page).toBe(0)
      else if (place >= places.height) expect(page).toBe(all.length - 1)
      else expect(places.tops[page]! <= place && place < places.tops[page + 1]!).toBe(true)
    }))
  })
})
