import { expect, test } from 'vitest'
import { groupPins } from './pin-groups.js'

const at = (x: number, y: number) => ({ region: { x, y } })

test('pins that would lie on each other are one, and apart again where the picture is shown larger', () => {
  const threads = [at(10, 10), at(11, 10), at(60, 60)]
  expect(groupPins(threads, 600, 400).map((group) => group.length)).toEqual([2, 1])
  expect(groupPins(threads, 6000, 4000).map((group) => group.length)).toEqual([1, 1, 1])
})

test('ten thousand pins are no more than fit on the picture, and stand for all of them', () => {
  const threads = Array.from({ length: 10_000 }, (_, index) => at((index * 37) % 97, (index * 61) % 97))
  const groups = groupPins(threads, 800, 600)
  expect(groups.length).toBeLessThan(1100)
  expect(groups.flat()).toHaveLength(10_000)
})
