import { describe, expect, test } from 'vitest'
import type { Capabilities } from './backends/backend.js'
import { planPictures, type PictureAsk } from './plan.js'

const can: Capabilities = {
  operations: ['text-to-image', 'image-to-image'],
  sizes: [
    [128, 128],
    [256, 128],
  ],
  steps: { usual: 20, most: 100, fixed: false },
  guidance: { usual: 4, most: 30 },
  negativePrompt: true,
  samplers: ['flow euler', 'other'],
  limits: { prompt: 100 },
  progress: true,
  preview: true,
  cancel: 'between-steps',
  transparent: false,
  repeatable: true,
}
const plan = (ask: Partial<PictureAsk> = {}, changes: Partial<Capabilities> = {}) =>
  planPictures({ prompt: 'a heart', ...ask }, 'starter', { ...can, ...changes }, () => 42)

describe('a plan', () => {
  test('leaves nothing open: the model’s own habits fill what a person did not say', () => {
    expect(plan()).toEqual({
      model: 'starter',
      operation: 'text-to-image',
      prompt: 'a heart',
      negativePrompt: '',
      count: 1,
      seed: 42,
      steps: 20,
      guidance: 4,
      sampler: 'flow euler',
      width: 128,
      height: 128,
    })
  })

  test('keeps every wish that the model can fulfil', () => {
    const wishes = {
      negativePrompt: 'blue',
      count: 3,
      seed: 7,
      steps: 8,
      guidance: 1,
      sampler: 'other',
      width: 256,
      height: 128,
      image: { version: 'v', strength: 0.5 },
      transparent: true,
      illustrates: 't',
    }
    expect(plan(wishes, { transparent: true })).toEqual({ model: 'starter', operation: 'image-to-image', prompt: 'a heart', ...wishes })
  })

  test('refuses what the model cannot do, before anything is queued', () => {
    const codeOf = (...args: Parameters<typeof plan>): string => {
      try {
        plan(...args)
        return 'planned'
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect(codeOf({ width: 512, height: 512 })).toBe('not-supported')
    expect(codeOf({ steps: 101 })).toBe('not-supported')
    expect(codeOf({ steps: 8 }, { steps: { usual: 4, most: 4, fixed: true } })).toBe('not-supported')
    expect(codeOf({ guidance: Number.NaN })).toBe('not-supported')
    expect(codeOf({ sampler: 'nonsense' })).toBe('not-supported')
    expect(codeOf({ negativePrompt: 'x' }, { negativePrompt: false })).toBe('not-supported')
    expect(codeOf({ image: { version: 'v', strength: 0.5 } }, { operations: ['text-to-image'] })).toBe('not-supported')
    expect(codeOf({ transparent: true })).toBe('not-supported')
    expect(codeOf({ prompt: 'x'.repeat(101) })).toBe('not-supported')
    expect(codeOf({ count: 17 })).toBe('bad-input')
  })

  test('draws a seed from which sixteen can be counted up within 32 bits', () => {
    for (let draw = 0; draw < 100; draw++) {
      const { seed } = planPictures({ prompt: '' }, 'starter', can)
      expect(Number.isInteger(seed) && seed >= 0 && seed + 15 < 2 ** 32).toBe(true)
    }
  })
})
