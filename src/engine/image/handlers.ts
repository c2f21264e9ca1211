import { env } from 'onnxruntime-node'
import { StudioError, type EngineResult } from '../../contract/index.js'
import type { EngineHandlers } from '../host.js'
import { openEmbedder, type Embedder } from './embed.js'
import { enlargePicture } from './enlarge/enlarge.js'
import { openUpscaler, readUpscaler, type Upscaler } from './enlarge/upscaler.js'
import { readModelFolder, type ModelFolder } from './folder/model-folder.js'
import { generatePicture } from './generate.js'
import { openDiffusionPipeline } from './pipelines/diffusion.js'
import { openFlowPipeline } from './pipelines/flow.js'
import type { Pipeline } from './pipelines/pipeline.js'
import { fitPreviewMap } from './preview-fit.js'
import type { PreviewMap } from './preview-map.js'
import { samplersOf } from './schedulers/index.js'

/** What made a picture, for its recipe. */
export const imageEngineBuild = `onnxruntime-node ${env.versions.node ?? env.versions.common}, cpu, ${process.platform}-${process.arch}`

/** Reading for search stays on one core, whatever else the computer does. */
const EMBEDDING_THREADS = 1
/** The text encoder goes when nobody needed it for this long; it is there again in a fifth of a second. */
const EMBEDDER_IDLE_MS = 30_000

function describe(folder: ModelFolder): EngineResult<'image', 'inspect'> {
  return {
    pipeline: folder.pipeline,
    name: folder.name,
    fileSize: folder.fileSize,
    sizes: folder.sizes.map(([width, height]) => [width, height]),
    steps: folder.steps,
    guidance: folder.guidance,
    fixedSteps: folder.fixedSteps,
    negativePrompt: folder.guidance !== 1 && folder.guidanceEmbedding === null,
    operations: folder.graphs.vae_encoder ? ['text-to-image', 'image-to-image', 'inpaint'] : ['text-to-image'],
    samplers: samplersOf(folder),
    transparent: folder.graphs.matte !== undefined,
  }
}

/** The image engine: one picture model in memory, and beside it the text encoder that search uses and a small network that enlarges. */
export function createImageHandlers(): EngineHandlers<'image'> {
  let model: { pipeline: Pipeline; map: PreviewMap | null } | null = null
  let embedder: Embedder | null = null
  let upscaler: Upscaler | null = null
  let embedderIdle: NodeJS.Timeout | undefined
  const alone = { picture: inTurn(), words: inTurn() }

  async function release(): Promise<void> {
    const old = model
    model = null
    await old?.pipeline.release()
  }

  async function releaseUpscaler(): Promise<void> {
    const old = upscaler
    upscaler = null
    await old?.release()
  }

  async function releaseEmbedder(): Promise<void> {
    clearTimeout(embedderIdle)
    const old = embedder
    embedder = null
    await old?.release()
  }

  return {
    inspect: async ({ path }) => describe(await readModelFolder(path)),

    load: ({ path, threads }, { onProgress }) =>
      alone.picture(async () => {
        const folder = await readModelFolder(path)
        // The old one goes first: two at once may be more than there is memory for.
        await release()
        const open = folder.kind === 'flow' ? openFlowPipeline : openDiffusionPipeline
        const pipeline = await open(folder, threads, (share) => onProgress({ share }))
        // A model without previews still makes pictures.
        model = { pipeline, map: await fitPreviewMap(pipeline).catch(() => null) }
        return { residentBytes: process.memoryUsage.rss(), engine: imageEngineBuild }
      }),

    unload: async () => {
      await alone.picture(release)
      await alone.picture(releaseUpscaler)
      await alone.words(releaseEmbedder)
      return {}
    },

    generate: (params, options) =>
      alone.picture(async () => {
        if (!model) throw new StudioError('model-missing', { model: 'picture', next: 'load a model first' })
        const made = await generatePicture(model.pipeline, model.map, params, options)
        return { ...made, engine: imageEngineBuild, threads: model.pipeline.threads }
      }),

    inspectUpscaler: async ({ path }) => {
      const { name, fileSize, factor } = await readUpscaler(path)
      return { name, fileSize, factor }
    },

    enlarge: (params, options) =>
      alone.picture(async () => {
        if (upscaler?.path !== params.path || upscaler.threads !== params.threads) {
          await releaseUpscaler()
          upscaler = await openUpscaler(params.path, params.threads)
        }
        return { ...(await enlargePicture(upscaler, params, options)), engine: imageEngineBuild, threads: upscaler.threads }
      }),

    embed: ({ path, texts }, { signal }) =>
      alone.words(async () => {
        clearTimeout(embedderIdle)
        if (embedder?.path !== path) {
          await releaseEmbedder()
          embedder = await openEmbedder(path, EMBEDDING_THREADS)
        }
        try {
          return { vectors: await embedder.embed(texts, signal) }
        } finally {
          embedderIdle = setTimeout(() => void alone.words(releaseEmbedder), EMBEDDER_IDLE_MS).unref()
        }
      }),
  }
}

/** Runs one thing after the other: a model must not be released while a picture is made with it. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
