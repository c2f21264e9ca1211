import { expect, test } from 'vitest'
import { createEstimate } from './estimate.js'

test('an even pace gives the time that is really left', () => {
  const estimate = createEstimate()
  let left: number | null = null
  for (let second = 0; second <= 5; second++) left = estimate.update(second / 20, second * 1000)
  expect(left).toBeCloseTo(15_000, -2)
})

test('nothing is said before there is something to go by', () => {
  const estimate = createEstimate()
  expect(estimate.update(null, 0)).toBeNull()
  expect(estimate.update(0, 100)).toBeNull()
  expect(estimate.update(0.01, 200)).toBeNull()
})

test('one slow step does not make the number jump, a lasting change of pace moves it', () => {
  const estimate = createEstimate()
  let left: number | null = null
  for (let step = 0; step <= 50; step++) left = estimate.update(step / 100, step * 100)
  const before = left!
  left = estimate.update(0.51, 50 * 100 + 400)
  expect(left!).toBeLessThan(before * 1.2)
  for (let step = 0; step < 40; step++) left = estimate.update(0.51 + step / 1000, 5400 + step * 1000)
  expect(left!).toBeGreaterThan(before * 5)
})

test('a share that goes back begins anew', () => {
  const estimate = createEstimate()
  estimate.update(0, 0)
  estimate.update(0.9, 1000)
  expect(estimate.update(0.1, 1100)).toBeNull()
})
