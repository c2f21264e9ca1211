import { describe, expect, test } from 'vitest'
import type { PictureCapabilities } from '../../../../contract/index.js'
import { estimatePictures, requestOf, wishOf, type PictureRecipe, type PictureWish } from './wish.js'

const can: PictureCapabilities = {
  model: { id: 'm', name: 'M', demo: false }, backend: 'built-in', operations: ['text-to-image'], sizes: [[512, 512], [768, 512]],
  steps: { usual: 20, most: 40, fixed: false }, guidance: { usual: 4, most: 20 }, negativePrompt: false, transparent: false, samplers: ['euler'], limits: { prompt: 1000, count: 16 },
  preview: true, cancel: 'between-steps', repeatable: true,
}
const wish: PictureWish = {
  model: null, count: 4, size: null, steps: null, guidance: null, sampler: null, seed: null, negativePrompt: '', image: null, transparent: false, illustrates: null, enlarge: false,
}
const place = { project: 'p', item: 'i', prompt: ' a heron ' }
const recipe: PictureRecipe = {
  by: 'image-model', model: { name: 'M', hash: 'a'.repeat(64) }, backend: 'built-in', engine: 'e', operation: 'image-to-image', prompt: 'a heron', negativePrompt: 'fog', seed: 7,
  steps: 10, guidance: 3, sampler: 'euler', width: 512, height: 512, strength: 0.4, threads: 2, ms: 2000, sources: [{ version: 'b'.repeat(64), role: 'image' }], job: 'j', output: 0,
}

describe('what is asked of a picture model', () => {
  test('what the model cannot do is left out', () => {
    const request = requestOf({ ...wish, negativePrompt: 'fog', image: { version: 'v', strength: 0.5 }, transparent: true, size: '64x64', sampler: 'other', steps: 90 }, can, place)
    expect(request).toEqual({ project: 'p', item: 'i', prompt: 'a heron', model: 'm', count: 4, steps: 40, guidance: 4, sampler: 'euler' })
  })

  test('what it can do is passed on', () => {
    const able: PictureCapabilities = { ...can, negativePrompt: true, transparent: true, operations: ['text-to-image', 'image-to-image'] }
    const asked = { negativePrompt: 'fog', image: { version: 'v', strength: 0.5 }, seed: 3, transparent: true, illustrates: 't', enlarge: true }
    expect(requestOf({ ...wish, ...asked, size: '768x512' }, able, place)).toMatchObject({ ...asked, width: 768, height: 512 })
  })

  test('a model with a fixed number of steps is asked for no other', () => {
    expect(requestOf({ ...wish, steps: 3 }, { ...can, steps: { usual: 4, most: 4, fixed: true } }, place).steps).toBe(4)
  })

  test('a recalled recipe asks for the same picture, with its seed and the picture that it started from', () => {
    expect(wishOf({ ...recipe, transparent: true }, 'm')).toEqual({
      model: 'm', count: 1, size: '512x512', steps: 10, guidance: 3, sampler: 'euler', seed: 7, negativePrompt: 'fog', image: { version: 'b'.repeat(64), strength: 0.4 }, transparent: true, illustrates: null,
    })
  })

  test('the time grows with steps, pixels and count, and is not guessed for another model', () => {
    expect(estimatePictures([recipe], 'M', { count: 4, steps: 20, pixels: 512 * 512 })).toBe(16_000)
    expect(estimatePictures([recipe], 'N', { count: 4, steps: 20, pixels: 512 * 512 })).toBeNull()
  })
})
