import { performance } from 'node:perf_hooks'
import { StudioError, type EngineParams, type EngineProgress } from '../../contract/index.js'
import { writeWhole } from '../write-whole.js'
import { normalNoise, noiseStreams } from './noise.js'
import type { Latent, Pipeline } from './pipelines/pipeline.js'
import { previewOf, type PreviewMap } from './preview-map.js'
import { fromRgb, readRgb, toRgb } from './raw-picture.js'
import { createScheduler, firstStep } from './schedulers/index.js'
import { combine } from './schedulers/scheduler.js'

export type GenerateParams = EngineParams<'image', 'generate'>
export interface GenerateOptions {
  readonly signal: AbortSignal
  readonly onProgress: (value: EngineProgress<'image', 'generate'>) => void
}

/** At most four previews a second. */
const PREVIEW_EVERY_MS = 250

/**
 * Makes one picture and writes it as raw RGB. The same request on the same engine build, processor kind and thread count
 * gives the same bytes. It can be cancelled between two steps. Errors: `not-supported` for what this model cannot do,
 * `bad-output` where the network's numbers stop being numbers, `cancelled`, `disk-full`.
 */
export async function generatePicture(
  pipeline: Pipeline,
  map: PreviewMap | null,
  params: GenerateParams,
  { signal, onProgress }: GenerateOptions,
): Promise<{ width: number; height: number; ms: number; promptCut: boolean }> {
  const started = performance.now()
  check(pipeline, params)
  const { seed, steps, width, height } = params
  const strength = params.image?.strength ?? 1
  const scheduler = createScheduler(pipeline.folder, params.sampler, steps, strength)
  const first = params.image ? firstStep(params.sampler, steps, strength) : 0
  const conditioning = await pipeline.condition(params.prompt, params.negativePrompt, params.guidance)
  let latent = await startingLatent(pipeline, params, (original, noise) =>
    original ? (first < steps ? scheduler.addNoise(original, noise, first) : original) : combine(scheduler.initialScale, noise, 0, noise),
  )

  let previews = 0
  let previewedAt = -Infinity
  for (let step = first; step < steps; step++) {
    stopIfAsked(signal)
    const answer = await conditioning.ask({ ...latent, data: scheduler.scaleInput(latent.data, step) }, scheduler.timesteps[step]!)
    if (!answer.every(Number.isFinite))
      throw new StudioError('bad-output', { detail: `the model gave numbers that are no numbers at step ${step + 1} of ${steps}` })
    const noise = (): Float32Array => normalNoise(seed, noiseStreams.stepNoise + step, latent.data.length)
    const { sample, expected } = scheduler.step(latent.data, answer, step, noise)
    latent = { ...latent, data: sample }
    const progress: EngineProgress<'image', 'generate'> = { step: step + 1 - first, steps: steps - first }
    if (params.preview && map && performance.now() - previewedAt >= PREVIEW_EVERY_MS) {
      previewedAt = performance.now()
      const preview = previewOf(map, { ...latent, data: expected })
      // A preview that cannot be written is no reason to lose the picture.
      if (
        await writeWhole(params.preview, preview.rgb).then(
          () => true,
          () => false,
        )
      )
        progress.preview = { number: ++previews, width: preview.width, height: preview.height }
    }
    onProgress(progress)
  }
  stopIfAsked(signal)
  const rgb = toRgb(await pipeline.decode(latent), width, height)
  stopIfAsked(signal)
  await writeWhole(params.output, rgb)
  return { width, height, ms: performance.now() - started, promptCut: conditioning.cut }
}

function stopIfAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new StudioError('cancelled', {})
}

function check({ folder, encode }: Pipeline, { width, height, steps, guidance, image }: GenerateParams): void {
  const refuse = (detail: string): never => {
    throw new StudioError('not-supported', { detail })
  }
  if (!folder.sizes.some(([w, h]) => w === width && h === height))
    refuse(`${width} × ${height} pixels; ${folder.name} makes ${folder.sizes.map((size) => size.join(' × ')).join(', ')}`)
  if (folder.fixedSteps && steps !== folder.steps) refuse(`${steps} steps; ${folder.name} was made for exactly ${folder.steps}`)
  if (steps < 1 || steps > 1000) refuse(`${steps} steps`)
  if (!Number.isFinite(guidance)) refuse(`a guidance scale of ${guidance}`)
  if (image && !encode) refuse(`starting from a picture; ${folder.name} has no encoder`)
  if (image && !(image.strength >= 0 && image.strength <= 1)) refuse(`a strength of ${image.strength}`)
}

async function startingLatent(
  pipeline: Pipeline,
  { seed, width, height, image }: GenerateParams,
  mix: (original: Float32Array | null, noise: Float32Array) => Float32Array,
): Promise<Latent> {
  const {
    block,
    latent: { channels },
  } = pipeline.folder
  const size = { width: width / block, height: height / block }
  const noise = normalNoise(seed, noiseStreams.start, channels * size.width * size.height)
  if (!image) return { ...size, data: mix(null, noise) }
  const picture = fromRgb(await readRgb(image.path, width, height), width, height)
  const original = await pipeline.encode!(picture, width, height, (count) => normalNoise(seed, noiseStreams.image, count))
  return { ...size, data: mix(original.data, noise) }
}
