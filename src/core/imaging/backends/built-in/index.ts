import { join } from 'node:path'
import { StudioError } from '../../../../contract/index.js'
import type { Engines } from '../../../engines/index.js'
import type { Backend, Capabilities, GenerateOptions, ImageModel, PictureOperation, PictureRequest } from '../backend.js'
import { createEnlarger } from './enlarger.js'
import { createPreviewWriter } from './previews.js'

const MOST_STEPS = 100
const MOST_GUIDANCE = 30
const LONGEST_PROMPT = 20_000
const OPERATIONS: readonly PictureOperation[] = ['text-to-image', 'image-to-image']

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
      samplers: found.samplers,
      limits: { prompt: LONGEST_PROMPT },
      progress: true,
      preview: true,
      cancel: 'between-steps',
      repeatable: true,
    }
  }

  async function rawOf(request: PictureRequest, { scratch, signal }: GenerateOptions): Promise<{ path: string; strength: number } | undefined> {
    if (!request.image) return undefined
    const path = join(scratch, 'start.rgb')
    await engines.call('media', 'decode', { path: request.image.file, width: request.width, height: request.height, output: path }, { signal })
    return { path, strength: request.image.strength }
  }

  return {
    id: 'built-in',
    capabilities,
    enlarger: createEnlarger(engines),
    async generate(model, request, options) {
      const { signal, scratch, onProgress, onPreview, onWait } = options
      if (!OPERATIONS.includes(request.operation) || (request.operation === 'image-to-image') !== (request.image !== undefined)) {
        throw new StudioError('not-supported', { detail: `${request.operation} ${request.image ? 'with' : 'without'} a picture to start from` })
      }
      const image = await rawOf(request, options)
      await engines.ensureLoaded('image', model, { signal, onWait: () => onWait?.('waits-memory') })
      onWait?.(null)
      const { prompt, negativePrompt, seed, steps, guidance, sampler, width, height } = request
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
      await engines.call('media', 'encode', { path: raw, width: made.width, height: made.height, output: file, format: 'png' }, { signal })
      return {
        outputs: [{ file, width: made.width, height: made.height, mediaType: 'image/png' }],
        engine: made.engine,
        threads: made.threads,
        promptCut: made.promptCut,
        ms: Math.round(made.ms),
      }
    },
  }
}
