import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { StudioError, type EngineResult, type Recipe } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import type { Backend, Capabilities, ImageModel, PictureRequest } from './backends/backend.js'
import { createBuiltInBackend } from './backends/built-in/index.js'
import { planPictures, type PictureAsk, type PicturePlan } from './plan.js'
import { Scratch } from './scratch.js'

export type PictureRecipe = Extract<Recipe, { by: 'image-model' }>

/** Where picture models are found. */
export interface ImageModels {
  /** The model with this id; null: the one of the settings. Errors: `model-missing`, `not-found`. */
  resolve(model: string | null): Promise<ImageModel>
  /** A model with exactly these weights, if this computer has one. */
  withHash(hash: string): Promise<ImageModel | null>
}

export interface MakeOptions {
  readonly job: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly step: number; readonly steps: number }) => void
  /** A new preview lies under `previewFile(job, output)`. */
  readonly onPreview?: (number: number) => void
  readonly onWait?: (reason: string | null) => void
  /** File of the version that the plan starts from; needed where the plan names one. */
  readonly imageFile?: string
}

export interface MadePicture {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly mediaType: string
  readonly recipe: PictureRecipe
  /** Removes the file, once its bytes are kept elsewhere. */
  dispose(): Promise<void>
}

/** Whether making it again can give the same bytes, and if not, why, as message ids: `model-missing`, `other-engine`, `not-repeatable`, `by-hand`. */
export interface RemakeOutlook { readonly possible: boolean; readonly exact: boolean; readonly reasons: readonly string[] }

export interface ImagingOptions {
  readonly engines: Engines
  readonly models: ImageModels
  /** Folder for scratch files and previews, which may be emptied while nothing runs. */
  readonly cacheDir: string
  readonly backends?: readonly Backend[]
}

const THUMBNAIL_WIDTH = 320
const THUMBNAIL_QUALITY = 78

export type Imaging = ReturnType<typeof createImaging>

/** Making pictures, looking at them, and making them again. Writing them into a project is the caller's. */
export function createImaging({ engines, models, cacheDir, backends = [createBuiltInBackend(engines)] }: ImagingOptions) {
  const scratch = new Scratch(join(cacheDir, 'scratch'))
  const previews = join(cacheDir, 'previews')
  const backendOf = (_model: ImageModel): Backend => backends[0]!
  const previewFile = (job: string, output: number): string => join(previews, `${job}-${output}.png`)

  async function generate(model: ImageModel, request: PictureRequest, folder: string, { signal, onProgress, onPreview, onWait }: Omit<MakeOptions, 'job'>, preview: string | null) {
    const backend = backendOf(model)
    const moved: Promise<void>[] = []
    const made = await backend.generate(model, request, {
      signal, onProgress, onWait, scratch: folder,
      ...(onPreview && preview && { onPreview: ({ number, file }) => { moved.push(rename(file, preview).then(() => onPreview(number), () => undefined)) } }),
    })
    await Promise.all(moved)
    const output = made.outputs[0]
    if (!output) throw new StudioError('bad-output', { detail: 'the backend gave no picture' })
    return { backend, made, output }
  }

  return {
    previewFile,

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
      const { operation, prompt, negativePrompt, steps, guidance, sampler, width, height } = plan
      if (plan.image && !options.imageFile) throw new StudioError('bad-input', { detail: 'the picture to start from is missing' })
      const settings = { operation, prompt, negativePrompt, seed: plan.seed + output, steps, guidance, sampler, width, height }
      const request: PictureRequest = { ...settings, ...(plan.image && { image: { file: options.imageFile!, strength: plan.image.strength } }) }
      const folder = await scratch.create()
      await mkdir(previews, { recursive: true })
      try {
        const { backend, made, output: picture } = await generate(model, request, folder, options, previewFile(options.job, output))
        const sources: PictureRecipe['sources'] = [
          ...(plan.image ? [{ version: plan.image.version, role: 'image' as const }] : []), ...(plan.illustrates ? [{ version: plan.illustrates, role: 'illustrates' as const }] : []),
        ]
        const recipe: PictureRecipe = {
          by: 'image-model', model: { name: model.name, hash: model.hash, ...(model.licence && { licence: model.licence }) }, backend: backend.id, engine: made.engine,
          ...settings, ...(plan.image && { strength: plan.image.strength }), ...(made.promptCut && { promptCut: true }), threads: made.threads, ms: made.ms, sources, job: options.job, output,
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

    /** Says before a picture is made again whether it can come out the same. */
    async remakeOutlook(recipe: Recipe): Promise<RemakeOutlook> {
      if (recipe.by !== 'image-model') return { possible: false, exact: false, reasons: ['by-hand'] }
      const model = await models.withHash(recipe.model.hash)
      const backend = backends.find((candidate) => candidate.id === recipe.backend)
      if (!model || !backend) return { possible: false, exact: false, reasons: ['model-missing'] }
      const { repeatable } = await backend.capabilities(model)
      return { possible: true, exact: repeatable, reasons: repeatable ? [] : ['not-repeatable'] }
    },

    /**
     * Makes a picture again and compares it with the file that there was. `sameEngine`: build and thread count are those
     * of the recipe, so that a difference means something. Errors: `model-missing` where these weights are not here.
     */
    async remakePicture(recipe: PictureRecipe, original: { sha256: string; imageFile?: string }, options: Omit<MakeOptions, 'job' | 'imageFile'> = {}): Promise<{ identical: boolean; sha256: string; sameEngine: boolean }> {
      const model = await models.withHash(recipe.model.hash)
      if (!model) throw new StudioError('model-missing', { model: recipe.model.name, next: 'add the model that made it' })
      if (recipe.strength !== undefined && !original.imageFile) throw new StudioError('bad-input', { detail: 'the picture that it started from is missing' })
      return scratch.with(async (folder) => {
        const { operation, prompt, negativePrompt, seed, steps, guidance, sampler, width, height } = recipe
        const image = recipe.strength === undefined ? {} : { image: { file: original.imageFile!, strength: recipe.strength } }
        const { made, output } = await generate(model, { operation, prompt, negativePrompt, seed, steps, guidance, sampler, width, height, ...image }, folder, options, null)
        const sha256 = await hashOf(output.file)
        return { identical: sha256 === original.sha256, sha256, sameEngine: made.engine === recipe.engine && made.threads === recipe.threads }
      })
    },

    /** A WebP of at most 320 pixels, upright. Errors: `not-an-image`, `image-too-large`. */
    thumbnailOf(file: string, options: { signal?: AbortSignal } = {}): Promise<Uint8Array> {
      return scratch.with(async (folder) => {
        const output = join(folder, 'thumbnail.webp')
        // Tall pictures must fit as well, so the longer side counts.
        const { width, height } = await engines.call('media', 'inspect', { path: file }, options)
        const wanted = Math.max(1, Math.round(Math.min(THUMBNAIL_WIDTH, (THUMBNAIL_WIDTH * width) / height)))
        await engines.call('media', 'resize', { path: file, output, width: wanted, format: 'webp', quality: THUMBNAIL_QUALITY }, options)
        return readFile(output)
      })
    },

    /** What a foreign file is, with a thumbnail, which proves that it can be read to its end. Errors: `not-an-image`, `image-too-large`, `not-found`. */
    async lookAt(file: string, options: { signal?: AbortSignal } = {}): Promise<EngineResult<'media', 'inspect'> & { name: string; sha256: string; thumbnail: Uint8Array }> {
      const found = await engines.call('media', 'inspect', { path: file }, options)
      return { ...found, name: basename(file), thumbnail: await this.thumbnailOf(file, options), sha256: await hashOf(file) }
    },
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
