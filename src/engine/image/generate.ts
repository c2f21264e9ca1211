import { performance } from 'node:perf_hooks'
import { StudioError, type EngineParams, type EngineProgress } from '../../contract/index.js'
import { writeWhole } from '../write-whole.js'
import { keepOutside, latentMask, pasteOutside, readMask } from './mask.js'
import { normalNoise, noiseStreams } from './noise.js'
import type { Latent, Pipeline } from './pipelines/pipeline.js'
import { previewOf, type PreviewMap } from './preview-map.js'
import { fromRgb, readRgb, toRgb, toRgba } from './raw-picture.js'
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
 * Makes one picture and writes it as raw RGB, or RGBA where its background is to be transparent. The same request on the same engine build, processor kind and thread count
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
  const { size, noise: startNoise, original, source } = await beginnings(pipeline, params)
  const conditioning = await pipeline.condition(params.prompt, params.negativePrompt, params.guidance, original ? { latent: { ...size, data: original }, strength } : undefined)
  const mask = params.mask ? await readMask(params.mask.path, width, height) : null
  const free = mask && latentMask(mask, width, height, pipeline.folder.block)
  /** The original with as much noise as there is before a step: what lies outside of a mask follows it all the way. */
  const known = (step: number): Float32Array => (step < steps ? scheduler.addNoise(original!, startNoise, step) : original!)
  let latent: Latent = { ...size, data: original ? known(first) : combine(scheduler.initialScale, startNoise, 0, startNoise) }

  let previews = 0
  let previewedAt = -Infinity
  for (let step = first; step < steps; step++) {
    stopIfAsked(signal)
    const answer = await conditioning.ask({ ...latent, data: scheduler.scaleInput(latent.data, step) }, scheduler.timesteps[step]!)
    if (!answer.every(Number.isFinite))
      throw new StudioError('bad-output', { detail: `the model gave numbers that are no numbers at step ${step + 1} of ${steps}` })
    const noise = (): Float32Array => normalNoise(seed, noiseStreams.stepNoise + step, latent.data.length)
    const { sample, expected } = scheduler.step(latent.data, answer, step, noise)
    latent = { ...latent, data: free ? keepOutside(sample, known(step + 1), free) : sample }
    const progress: EngineProgress<'image', 'generate'> = { step: step + 1 - first, steps: steps - first }
    if (params.preview && map && performance.now() - previewedAt >= PREVIEW_EVERY_MS) {
      previewedAt = performance.now()
      const preview = previewOf(map, { ...latent, data: free ? keepOutside(expected, original!, free) : expected })
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
  const picture = await pipeline.decode(latent)
  stopIfAsked(signal)
  const painted = toRgb(picture, width, height)
  const rgb = mask ? pasteOutside(painted, source!, mask) : painted
  // The matte sees the whole picture: what stays round a part says what in it is background.
  const bytes = params.transparent ? toRgba(await pipeline.matte!(mask ? fromRgb(rgb, width, height) : picture, width, height), width, height) : rgb
  stopIfAsked(signal)
  await writeWhole(params.output, bytes)
  return { width, height, ms: performance.now() - started, promptCut: conditioning.cut }
}

function stopIfAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new StudioError('cancelled', {})
}

function check({ folder, encode, matte }: Pipeline, { width, height, steps, guidance, image, mask, transparent }: GenerateParams): void {
  const refuse = (detail: string): never => {
    throw new StudioError('not-supported', { detail })
  }
  if (!folder.sizes.some(([w, h]) => w === width && h === height))
    refuse(`${width} × ${height} pixels; ${folder.name} makes ${folder.sizes.map((size) => size.join(' × ')).join(', ')}`)
  if (folder.fixedSteps && steps !== folder.steps) refuse(`${steps} steps; ${folder.name} was made for exactly ${folder.steps}`)
  if (steps < 1 || steps > 1000) refuse(`${steps} steps`)
  if (!Number.isFinite(guidance)) refuse(`a guidance scale of ${guidance}`)
  if (mask && !image) refuse('a mask without a picture that it lies on')
  if (transparent && !matte) refuse(`a transparent background; ${folder.name} has no matte`)
  if (image && !encode) refuse(`starting from a picture; ${folder.name} has no encoder`)
  if (image && !(image.strength >= 0 && image.strength <= 1)) refuse(`a strength of ${image.strength}`)
}

/** The noise that a picture begins from, and where it begins from a picture, that one's latent and bytes. */
async function beginnings(
  pipeline: Pipeline,
  { seed, width, height, image }: GenerateParams,
): Promise<{ size: Omit<Latent, 'data'>; noise: Float32Array; original: Float32Array | null; source: Uint8Array | null }> {
  const {
    block,
    latent: { channels },
  } = pipeline.folder
  const size = { width: width / block, height: height / block }
  const noise = normalNoise(seed, noiseStreams.start, channels * size.width * size.height)
  if (!image) return { size, noise, original: null, source: null }
  const source = await readRgb(image.path, width, height)
  const original = await pipeline.encode!(fromRgb(source, width, height), width, height, (count) => normalNoise(seed, noiseStreams.image, count))
  return { size, noise, original: original.data, source }
}
