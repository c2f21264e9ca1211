import { expect, test } from 'vitest'
import type { Recipe } from '../../../../contract/index.js'
import { enlargedSize, estimateEnlarging } from './enlarged-size.js'

const enlargement = { model: { name: 'Enlarger' }, factor: 4, mostPixels: 64_000_000 }
const recipe = (change: object): Recipe => ({
  by: 'image-model', model: { name: 'Enlarger', hash: 'a'.repeat(64) }, backend: 'b', engine: 'e', operation: 'upscale', factor: 4, prompt: '', negativePrompt: '', seed: 0, steps: 1,
  guidance: 1, sampler: '', width: 512, height: 512, threads: 1, ms: 200, sources: [], job: 'j', output: 0, ...change,
}) as Recipe

test('a picture grows by the factor, and beyond what is made there is no size', () => {
  expect(enlargedSize({ width: 128, height: 96 }, enlargement)).toEqual({ width: 512, height: 384 })
  expect(enlargedSize({ width: 2000, height: 2000 }, enlargement)).toEqual({ width: 8000, height: 8000 })
  expect(enlargedSize({ width: 2001, height: 2000 }, enlargement)).toBeNull()
})

test('the time is told by the last picture that was enlarged here, by its pixels', () => {
  const before = [recipe({ operation: 'text-to-image', ms: 9000 }), recipe({}), recipe({ ms: 90_000 })]
  expect(estimateEnlarging(before, enlargement, { width: 1024, height: 1024 })).toBeCloseTo(800)
  expect(estimateEnlarging([recipe({ model: { name: 'Another', hash: 'b'.repeat(64) } })], enlargement, { width: 512, height: 512 })).toBeNull()
})
