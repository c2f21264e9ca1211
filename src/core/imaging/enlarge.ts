import { StudioError, type FactId } from '../../contract/index.js'
import type { Backend, Enlargement, Enlarger, ImageModel } from './backends/backend.js'
import { pictureOf } from './run-backend.js'
import type { Scratch } from './scratch.js'
import type { MadePicture, MakeOptions, PictureRecipe, Upscalers } from './types.js'

/** A picture that is to be enlarged: its version, and a file with its bytes. */
export interface Enlargeable {
  readonly version: FactId
  readonly file: string
}

/** Making pictures larger. A recipe names the model by hash, the factor and the version that was enlarged: nothing else has a say in the result. */
export function createEnlarging({ upscalers, backends, scratch }: { upscalers: Upscalers; backends: readonly Backend[]; scratch: Scratch }) {
  function ready(): { backend: Backend; enlarger: Enlarger } {
    const backend = backends.find((one) => one.enlarger)
    if (!backend?.enlarger) throw new StudioError('not-supported', { detail: 'nothing here makes pictures larger' })
    return { backend, enlarger: backend.enlarger }
  }

  return {
    /** The model that enlarges and what it does. Errors: `model-missing`, `not-a-model`, `not-supported`. */
    async enlargement(options: { signal?: AbortSignal } = {}): Promise<Enlargement & { model: ImageModel }> {
      const model = await upscalers.resolve()
      return { model, ...(await ready().enlarger.enlargement(model, options)) }
    },

    /** Makes a picture larger. Errors: those of `Enlarger`, `model-missing`. */
    async enlargePicture(
      { version, file }: Enlargeable,
      { job, output, ...options }: Pick<MakeOptions, 'job' | 'signal' | 'onProgress' | 'onWait'> & { output: number },
    ): Promise<MadePicture> {
      const model = await upscalers.resolve()
      const { backend, enlarger } = ready()
      const { factor } = await enlarger.enlargement(model, options)
      const folder = await scratch.create()
      try {
        const made = await enlarger.enlarge(model, file, { ...options, scratch: folder })
        const picture = pictureOf(made)
        const recipe: PictureRecipe = {
          by: 'image-model',
          model: { name: model.name, hash: model.hash, ...(model.licence && { licence: model.licence }) },
          backend: backend.id,
          engine: made.engine,
          operation: 'upscale',
          factor,
          ...NOTHING_DRAWN,
          width: picture.width,
          height: picture.height,
          threads: made.threads,
          ms: made.ms,
          sources: [{ version, role: 'image' }],
          job,
          output,
        }
        return { ...picture, recipe, dispose: () => scratch.remove(folder) }
      } catch (error) {
        await scratch.remove(folder)
        throw error
      }
    },
  }
}

/** What recipes of drawn pictures say and enlarging knows nothing of: no words, no chance, one pass. */
const NOTHING_DRAWN = { prompt: '', negativePrompt: '', seed: 0, steps: 1, guidance: 1, sampler: '' } as const
