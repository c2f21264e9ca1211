import { describe, expect, test } from 'vitest'
import type { Recipe } from '../../../../contract/index.js'
import type { PictureRecipe } from '../make/wish.js'
import { compareRecipes, recipeFacts } from './recipe-difference.js'

const recipe: PictureRecipe = {
  by: 'image-model', model: { name: 'M', hash: 'a'.repeat(64) }, backend: 'built-in', engine: 'e', operation: 'text-to-image', prompt: 'a heron', negativePrompt: '', seed: 20417,
  steps: 10, guidance: 3, sampler: 'euler', width: 512, height: 512, threads: 2, ms: 2000, sources: [], job: 'j', output: 0,
}
const nameOf = (version: string): string => `version ${version}`

describe('what differs between two recipes', () => {
  test('only what differs is named, with both values', () => {
    const { differs, same } = compareRecipes(recipeFacts(recipe, nameOf), recipeFacts({ ...recipe, seed: 7, prompt: 'two herons' }, nameOf))
    expect(differs).toEqual([{ id: 'prompt', name: 'Prompt', old: 'a heron', fresh: 'two herons' }, { id: 'seed', name: 'Seed', old: '20 417', fresh: '7' }])
    expect(same.map(({ id }) => id)).toEqual(['model', 'steps', 'guidance', 'sampler', 'size'])
  })

  test('what only one of them has stands against nothing', () => {
    const started = { ...recipe, strength: 0.45, sources: [{ version: '5', role: 'image' as const }] }
    const { differs } = compareRecipes(recipeFacts(recipe, nameOf), recipeFacts(started, nameOf))
    expect(differs).toEqual([{ id: 'from', name: 'Made from', old: '', fresh: 'version 5' }, { id: 'strength', name: 'Change', old: '', fresh: '45%' }])
  })

  test('what was done by hand is told step by step', () => {
    const cropped: Recipe = { by: 'hand', edit: { engine: 'sharp', steps: [{ kind: 'crop', x: 0, y: 0, width: 40, height: 30 }] } }
    const turned: Recipe = { by: 'hand', edit: { engine: 'sharp', steps: [{ kind: 'turn', degrees: 90 }] } }
    expect(compareRecipes(recipeFacts(cropped, nameOf), recipeFacts(turned, nameOf)).differs).toEqual([{ id: 'made', name: 'Made', old: 'Cropped to 40 × 30', fresh: 'Turned to the right' }])
  })

  test('a picture that was brought in has no recipe of a model', () => {
    const { differs, same } = compareRecipes(recipeFacts({ by: 'import', name: 'sheet.png' }, nameOf), recipeFacts({ by: 'import', name: 'sheet.png' }, nameOf))
    expect(differs).toEqual([])
    expect(same).toHaveLength(1)
  })
})
