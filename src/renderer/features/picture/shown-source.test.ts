import { expect, test } from 'vitest'
import type { VersionSummary } from '../../../contract/index.js'
import { hasClearBackground, recipesBehind } from './shown-source.js'

const version = (id: string, parent: string | null, recipe: object): VersionSummary => ({ id, parents: parent ? [parent] : [], recipe }) as unknown as VersionSummary
const drawn = version('drawn', 'photo', { by: 'image-model', operation: 'image-to-image' })
const cropped = version('cropped', 'drawn', { by: 'hand', edit: { steps: [], engine: 'sharp' } })
const enlarged = version('enlarged', 'cropped', { by: 'image-model', operation: 'upscale' })
const photo = version('photo', null, { by: 'import', name: 'photo.png' })

test('the recipes behind a picture lead back to the one that drew it, and not to what that started from', () => {
  expect(recipesBehind(enlarged, [enlarged, cropped, drawn, photo])).toEqual([enlarged.recipe, cropped.recipe, drawn.recipe])
  expect(recipesBehind(drawn, [drawn, photo])).toEqual([drawn.recipe])
})

test('a parent that is not there ends the list, and parents in a circle do too', () => {
  expect(recipesBehind(enlarged, [enlarged])).toEqual([enlarged.recipe])
  const circle = [version('a', 'b', cropped.recipe), version('b', 'a', cropped.recipe)]
  expect(recipesBehind(circle[0]!, circle).length).toBeLessThanOrEqual(3)
})

test('a picture that was cropped or enlarged from one on a transparent background lies on one too, and one that only started from it does not', () => {
  const clear = version('drawn', null, { by: 'image-model', operation: 'text-to-image', transparent: true })
  const fresh = version('fresh', 'drawn', { by: 'image-model', operation: 'image-to-image' })
  expect(hasClearBackground(enlarged, [enlarged, cropped, clear])).toBe(true)
  expect(hasClearBackground(fresh, [fresh, clear])).toBe(false)
})
