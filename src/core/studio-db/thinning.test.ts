import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snapshotsToDrop } from './thinning.js'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = Date.UTC(2026, 5, 15, 12, 30)

const kept = (times: number[], at = now): number[] => {
  const dropped = new Set(snapshotsToDrop(times, at))
  return times.filter((time) => !dropped.has(time)).sort((a, b) => b - a)
}

test('all copies of the last hour are kept', () => {
  const times = Array.from({ length: 60 }, (_, n) => now - n * minute)
  expect(kept(times)).toEqual(times)
})

test('of older hours of the day the last copy of each is kept', () => {
  const times = Array.from({ length: 180 }, (_, n) => now - 2 * hour - n * minute)
  expect(kept(times).map((time) => new Date(time).toISOString().slice(11, 16))).toEqual(['10:30', '09:59', '08:59', '07:59'])
})

test('of older days the last copy of each is kept for 90 days', () => {
  const times = Array.from({ length: 24 * 120 }, (_, n) => now - n * hour)
  const old = kept(times).filter((time) => now - time > day)
  expect(old.length).toBeGreaterThanOrEqual(89)
  expect(old.length).toBeLessThanOrEqual(91)
  expect(now - old.at(-1)!).toBeLessThanOrEqual(90 * day)
})

test('the newest copy is kept whatever its age, and one from the future too', () => {
  expect(kept([now - 400 * day, now - 500 * day])).toEqual([now - 400 * day])
  expect(kept([now + hour, now - minute])).toEqual([now + hour, now - minute])
})

test('thinning often keeps the same copies as thinning once', () => {
  const copies = fc.uniqueArray(fc.integer({ min: now - 100 * day, max: now }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(copies, fc.nat(95 * day), (times, later) => {
      expect(kept(kept(times), now + later)).toEqual(kept(times, now + later))
    }),
    { numRuns: 200 },
  )
})
