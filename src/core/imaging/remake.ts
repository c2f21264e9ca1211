import { StudioError, type Recipe } from '../../contract/index.js'
import type { Backend } from './backends/backend.js'
import { hashFile } from './hash-file.js'
import { runBackend } from './run-backend.js'
import type { Scratch } from './scratch.js'
import type { ImageModels, MakeOptions, PictureRecipe, RemakeOutlook } from './types.js'

interface Surroundings {
  readonly models: ImageModels
  readonly backends: readonly Backend[]
  readonly scratch: Scratch
}

/** Making a picture again from its recipe. */
export function createRemaking({ models, backends, scratch }: Surroundings) {
  const backendNamed = (id: string): Backend | undefined => backends.find((candidate) => candidate.id === id)

  return {
    /** Says before a picture is made again whether it can come out the same. */
    async remakeOutlook(recipe: Recipe): Promise<RemakeOutlook> {
      if (recipe.by !== 'image-model') return { possible: false, exact: false, reasons: ['by-hand'] }
      const model = await models.withHash(recipe.model.hash)
      const backend = backendNamed(recipe.backend)
      if (!model || !backend) return { possible: false, exact: false, reasons: ['model-missing'] }
      const { repeatable } = await backend.capabilities(model)
      return { possible: true, exact: repeatable, reasons: repeatable ? [] : ['not-repeatable'] }
    },

    /**
     * Makes a picture again and compares it with the file that there was. `sameEngine`: build and thread count are those
     * of the recipe, so that a difference means something. Errors: `model-missing` where its weights or backend are not here.
     */
    async remakePicture(
      recipe: PictureRecipe,
      original: { sha256: string; imageFile?: string },
      options: Pick<MakeOptions, 'signal' | 'onProgress' | 'onWait'> = {},
    ): Promise<{ identical: boolean; sha256: string; sameEngine: boolean }> {
      const model = await models.withHash(recipe.model.hash)
      const backend = backendNamed(recipe.backend)
      if (!model || !backend) throw new StudioError('model-missing', { model: recipe.model.name, next: 'add the model that made it' })
      const { operation, prompt, negativePrompt, seed, steps, guidance, sampler, width, height, strength } = recipe
      if (strength !== undefined && !original.imageFile) throw new StudioError('bad-input', { detail: 'the picture that it started from is missing' })
      const image = strength === undefined ? {} : { image: { file: original.imageFile!, strength } }
      const request = { operation, prompt, negativePrompt, seed, steps, guidance, sampler, width, height, ...image }
      return scratch.with(async (folder) => {
        const { made, picture } = await runBackend(backend, model, request, { ...options, scratch: folder })
        const sha256 = await hashFile(picture.file)
        return { identical: sha256 === original.sha256, sha256, sameEngine: made.engine === recipe.engine && made.threads === recipe.threads }
      })
    },
  }
}
