import { StudioError, type Recipe } from '../../contract/index.js'
import type { Backend, Generated, ImageModel } from './backends/backend.js'
import { editOf } from './edit.js'
import { hashFile } from './hash-file.js'
import { pictureOf, runBackend } from './run-backend.js'
import type { Scratch } from './scratch.js'
import type { ImageModels, MakeOptions, PictureRecipe, RemakeOutlook, Upscalers } from './types.js'

interface Surroundings {
  readonly models: ImageModels
  readonly upscalers: Upscalers
  readonly backends: readonly Backend[]
  readonly scratch: Scratch
}

/** Making a picture again from its recipe. */
export function createRemaking({ models, upscalers, backends, scratch }: Surroundings) {
  const modelOf = ({ operation, model: { hash } }: PictureRecipe): Promise<ImageModel | null> => (operation === 'upscale' ? upscalers : models).withHash(hash)
  const backendNamed = (id: string): Backend | undefined => backends.find((candidate) => candidate.id === id)

  return {
    /** Says before a picture is made again whether it can come out the same. */
    async remakeOutlook(recipe: Recipe): Promise<RemakeOutlook> {
      if (editOf(recipe)) return { possible: true, exact: true, reasons: [] }
      if (recipe.by !== 'image-model') return { possible: false, exact: false, reasons: ['by-hand'] }
      const model = await modelOf(recipe)
      const backend = backendNamed(recipe.backend)
      if (!model || !backend || (recipe.operation === 'upscale' && !backend.enlarger)) return { possible: false, exact: false, reasons: ['model-missing'] }
      const { repeatable } = recipe.operation === 'upscale' ? await backend.enlarger!.enlargement(model) : await backend.capabilities(model)
      return { possible: true, exact: repeatable, reasons: repeatable ? [] : ['not-repeatable'] }
    },

    /**
     * Makes a picture again and compares it with the file that there was. `sameEngine`: build and thread count are those
     * of the recipe, so that a difference means something. Errors: `model-missing` where its weights or backend are not here.
     */
    async remakePicture(
      recipe: PictureRecipe,
      original: { sha256: string; imageFile?: string; maskFile?: string },
      options: Pick<MakeOptions, 'signal' | 'onProgress' | 'onWait'> = {},
    ): Promise<{ identical: boolean; sha256: string; sameEngine: boolean }> {
      const model = await modelOf(recipe)
      const backend = backendNamed(recipe.backend)
      if (!model || !backend) throw new StudioError('model-missing', { model: recipe.model.name, next: 'add the model that made it' })
      if (recipe.operation === 'upscale') {
        const { enlarger } = backend
        if (!enlarger || !original.imageFile) throw new StudioError('bad-input', { detail: 'the picture that was enlarged is missing' })
        const source = original.imageFile
        return scratch.with(async (folder) => compared(await enlarger.enlarge(model, source, { ...options, scratch: folder })))
      }
      const { operation, prompt, negativePrompt, seed, steps, guidance, sampler, width, height, strength, transparent } = recipe
      if (strength !== undefined && !original.imageFile) throw new StudioError('bad-input', { detail: 'the picture that it started from is missing' })
      if (operation === 'inpaint' && !original.maskFile) throw new StudioError('bad-input', { detail: 'the mask that it was painted through is missing' })
      const mask = operation === 'inpaint' ? { mask: { file: original.maskFile! } } : {}
      const image = strength === undefined ? {} : { image: { file: original.imageFile!, strength } }
      const request = { operation, prompt, negativePrompt, seed, steps, guidance, sampler, width, height, ...image, ...mask, ...(transparent && { transparent }) }
      return scratch.with(async (folder) => {
        const { made } = await runBackend(backend, model, request, { ...options, scratch: folder })
        return compared(made)
      })

      async function compared(made: Generated): Promise<{ identical: boolean; sha256: string; sameEngine: boolean }> {
        const sha256 = await hashFile(pictureOf(made).file)
        return { identical: sha256 === original.sha256, sha256, sameEngine: made.engine === recipe.engine && made.threads === recipe.threads }
      }
    },
  }
}
