import { join } from 'node:path'
import { StudioError, type PictureRegion } from '../../../../contract/index.js'
import type { Engines } from '../../../engines/index.js'
import type { Backend, Capabilities, GenerateOptions, ImageModel, PictureOperation, PictureRequest } from '../backend.js'
import { createEnlarger } from './enlarger.js'
import { createPreviewWriter } from './previews.js'

/** What a picture begins from, in the shape and size that the model paints. */
interface Start {
  readonly image?: { path: string; strength: number }
  readonly mask?: { path: string }
  /** Where the painted part was cut from. */
  readonly region?: PictureRegion
}

const MOST_STEPS = 100
const MOST_GUIDANCE = 30
const LONGEST_PROMPT = 20_000
const OPERATIONS: readonly PictureOperation[] = ['text-to-image', 'image-to-image', 'inpaint']

/**
 * Pictures from an ONNX folder, in the engine's image role: reads what the folder can do, brings the picture to start
 * from into shape, and writes the result as PNG in the media role.
 */
export function createBuiltInBackend(engines: Engines): Backend {
  async function capabilities(model: ImageModel, { signal }: { signal?: AbortSignal } = {}): Promise<Capabilities> {
    const found = await engines.call('image', 'inspect', { path: model.path }, { signal })
    return {
      operations: OPERATIONS.filter((operation) => found.operations.includes(operation)),
      sizes: found.sizes,
      steps: { usual: found.steps, most: found.fixedSteps ? found.steps : MOST_STEPS, fixed: found.fixedSteps },
      guidance: { usual: found.guidance, most: MOST_GUIDANCE },
      negativePrompt: found.negativePrompt,
      transparent: found.transparent,
      samplers: found.samplers,
      limits: { prompt: LONGEST_PROMPT },
      progress: true,
      preview: true,
      cancel: 'between-steps',
      repeatable: true,
    }
  }

  async function startOf(request: PictureRequest, { scratch, signal }: GenerateOptions): Promise<Start> {
    if (!request.image) return {}
    const path = join(scratch, 'start.rgb')
    const image = { path, strength: request.image.strength }
    if (request.mask) {
      const mask = { path: join(scratch, 'start.gray') }
      const { region } = await engines.call(
        'media',
        'cutMasked',
        { path: request.image.file, mask: request.mask.file, width: request.width, height: request.height, output: path, maskOutput: mask.path },
        { signal },
      )
      return { image, mask, region }
    }
    await engines.call('media', 'decode', { path: request.image.file, width: request.width, height: request.height, output: path }, { signal })
    return { image }
  }

  return {
    id: 'built-in',
    capabilities,
    enlarger: createEnlarger(engines),
    async generate(model, request, options) {
      const { signal, scratch, onProgress, onPreview, onWait } = options
      if (!OPERATIONS.includes(request.operation) || (request.operation !== 'text-to-image') !== (request.image !== undefined)) {
        throw new StudioError('not-supported', { detail: `${request.operation} ${request.image ? 'with' : 'without'} a picture to start from` })
      }
      if ((request.operation === 'inpaint') !== (request.mask !== undefined)) {
        throw new StudioError('not-supported', { detail: `${request.operation} ${request.mask ? 'with' : 'without'} a mask` })
      }
      const { image, mask, region } = await startOf(request, options)
      await engines.ensureLoaded('image', model, { signal, onWait: () => onWait?.('waits-memory') })
      onWait?.(null)
      const { prompt, negativePrompt, seed, steps, guidance, sampler, width, height, transparent } = request
      const raw = join(scratch, 'picture.rgb')
      const rawPreview = join(scratch, 'preview.rgb')
      const previews = onPreview && createPreviewWriter(rawPreview, scratch, onPreview)
      let made
      try {
        made = await engines.call(
          'image',
          'generate',
          {
            prompt,
            negativePrompt,
            seed,
            steps,
            guidance,
            sampler,
            width,
            height,
            output: raw,
            ...(image && { image }),
            ...(mask && { mask }),
            ...(transparent && { transparent }),
            ...(previews && { preview: rawPreview }),
          },
          {
            signal,
            onProgress: ({ step, steps: all, preview }) => {
              onProgress?.({ step, steps: all })
              if (preview) previews?.take(preview)
            },
          },
        )
      } finally {
        await previews?.settle()
      }
      const file = join(scratch, 'picture.png')
      const pixels = { width: made.width, height: made.height, alpha: transparent === true }
      const { width: seenWidth, height: seenHeight } = region
        ? await engines.call('media', 'pasteMasked', { path: request.image!.file, mask: request.mask!.file, patch: raw, ...pixels, region, output: file }, { signal })
        : await engines.call('media', 'encode', { path: raw, ...pixels, output: file, format: 'png' }, { signal }).then(() => pixels)
      return {
        outputs: [{ file, width: seenWidth, height: seenHeight, mediaType: 'image/png' }],
        engine: made.engine,
        threads: made.threads,
        promptCut: made.promptCut,
        ms: Math.round(made.ms),
      }
    },
  }
}
