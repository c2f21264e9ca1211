import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import type { Backend, Capabilities, ImageModel, PictureRequest } from './backends/backend.js'
import { createBuiltInBackend } from './backends/built-in/index.js'
import { createEditing } from './edit.js'
import { createEnlarging } from './enlarge.js'
import { createLooking } from './look.js'
import { planPictures, type PictureAsk, type PicturePlan } from './plan.js'
import { createRemaking } from './remake.js'
import { runBackend } from './run-backend.js'
import { Scratch } from './scratch.js'
import type { ImageModels, MadePicture, MakeOptions, PictureRecipe, Upscalers } from './types.js'

export interface ImagingOptions {
  readonly engines: Engines
  readonly models: ImageModels
  /** Without one, nothing is enlarged. */
  readonly upscalers?: Upscalers
  /** Folder for scratch files and previews, which may be emptied while nothing runs. */
  readonly cacheDir: string
  readonly backends?: readonly Backend[]
}

export type Imaging = ReturnType<typeof createImaging>

const none: Upscalers = {
  resolve: async () => {
    throw new StudioError('model-missing', { model: 'enlarger', next: 'Install Galley again.' })
  },
  withHash: async () => null,
}

/** Making pictures, looking at them, and making them again. Writing them into a project is the caller's. */
export function createImaging({ engines, models, upscalers = none, cacheDir, backends = [createBuiltInBackend(engines)] }: ImagingOptions) {
  const scratch = new Scratch(join(cacheDir, 'scratch'))
  const previews = join(cacheDir, 'previews')
  // One backend so far; a model will name its own.
  const backendOf = (_model: ImageModel): Backend => backends[0]!
  const previewFile = (job: string, output: number): string => join(previews, `${job}-${output}.png`)

  return {
    previewFile,
    /** Folders for files of work that is not this feature's alone. */
    scratch,

    /** Model and what it can do; null: the model of the settings. */
    async capabilities(model: string | null, options: { signal?: AbortSignal } = {}): Promise<{ model: ImageModel; backend: string; can: Capabilities }> {
      const found = await models.resolve(model)
      const backend = backendOf(found)
      return { model: found, backend: backend.id, can: await backend.capabilities(found, options) }
    },

    /** Turns what a person asked for into a job's parameters. Errors: `not-supported`, `bad-input`, `model-missing`. */
    async plan(ask: PictureAsk, model: string | null): Promise<PicturePlan> {
      const found = await models.resolve(model)
      return planPictures(ask, found.id, await backendOf(found).capabilities(found))
    },

    /** Makes output number `output` (from 0) of a plan. */
    async makePicture(plan: PicturePlan, output: number, options: MakeOptions): Promise<MadePicture> {
      const model = await models.resolve(plan.model)
      const backend = backendOf(model)
      const { operation, prompt, negativePrompt, steps, guidance, sampler, width, height, transparent } = plan
      if (plan.image && !options.imageFile) throw new StudioError('bad-input', { detail: 'the picture to start from is missing' })
      if (plan.mask && !options.maskFile) throw new StudioError('bad-input', { detail: 'the mask is missing' })
      const settings = { operation, prompt, negativePrompt, seed: plan.seed + output, steps, guidance, sampler, width, height, ...(transparent && { transparent }) }
      const request: PictureRequest = {
        ...settings,
        ...(plan.image && { image: { file: options.imageFile!, strength: plan.image.strength } }),
        ...(plan.mask && { mask: { file: options.maskFile! } }),
      }
      const folder = await scratch.create()
      await mkdir(previews, { recursive: true })
      try {
        const { made, picture } = await runBackend(backend, model, request, { ...options, scratch: folder, preview: previewFile(options.job, output) })
        const sources: PictureRecipe['sources'] = [
          ...(plan.image ? [{ version: plan.image.version, role: 'image' as const }] : []),
          ...(plan.mask ? [{ version: plan.mask, role: 'mask' as const }] : []),
          ...(plan.illustrates ? [{ version: plan.illustrates, role: 'illustrates' as const }] : []),
        ]
        const recipe: PictureRecipe = {
          by: 'image-model',
          model: { name: model.name, hash: model.hash, ...(model.licence && { licence: model.licence }) },
          backend: backend.id,
          engine: made.engine,
          ...settings,
          ...(plan.image && { strength: plan.image.strength }),
          ...(made.promptCut && { promptCut: true }),
          threads: made.threads,
          ms: made.ms,
          sources,
          job: options.job,
          output,
        }
        return { ...picture, recipe, dispose: () => scratch.remove(folder) }
      } catch (error) {
        await scratch.remove(folder)
        throw error
      }
    },

    /** Previews of a job are looked at only while it runs. */
    async removePreviews(job: string, count: number): Promise<void> {
      for (let output = 0; output < count; output++) await rm(previewFile(job, output), { force: true })
    },

    ...createRemaking({ models, upscalers, backends, scratch }),
    ...createEnlarging({ upscalers, backends, scratch }),
    ...createEditing({ engines, scratch }),
    ...createLooking({ engines, scratch, previews }),
  }
}
