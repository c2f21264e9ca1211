import { StudioError } from '../../contract/index.js'
import type { Capabilities, PictureOperation } from './backends/backend.js'

/** What a person asks for; what they leave open the model's own habits fill. */
export interface PictureAsk {
  readonly prompt: string
  readonly negativePrompt?: string
  readonly count?: number
  readonly seed?: number
  readonly steps?: number
  readonly guidance?: number
  readonly sampler?: string
  readonly width?: number
  readonly height?: number
  readonly image?: { readonly version: string; readonly strength: number }
  /** The version that holds the mask of what may change of that picture. */
  readonly mask?: string
  readonly transparent?: boolean
  /** Versions that the picture is made for. */
  readonly illustrates?: string
  /** Each picture is made larger as well. */
  readonly enlarge?: boolean
}

/** A whole job of pictures, with nothing left open: what the queue keeps. Output number i has the seed `seed` + i. */
export interface PicturePlan {
  readonly model: string
  readonly operation: PictureOperation
  readonly prompt: string
  readonly negativePrompt: string
  readonly count: number
  readonly seed: number
  readonly steps: number
  readonly guidance: number
  readonly sampler: string
  readonly width: number
  readonly height: number
  readonly image?: { readonly version: string; readonly strength: number }
  readonly mask?: string
  readonly transparent?: boolean
  readonly illustrates?: string
  /** Each picture is then enlarged, as a version of its own: the outputs from `count` on. */
  readonly enlarge?: true
}

/** How many versions a plan makes. */
export const outputsOf = ({ count, enlarge }: Pick<PicturePlan, 'count' | 'enlarge'>): number => count * (enlarge ? 2 : 1)

export const MOST_PICTURES = 16
const SEEDS = 2 ** 32

/** Fills in what was left open and refuses what the model cannot do, before anything is queued. Errors: `not-supported`, `bad-input`. */
export function planPictures(
  ask: PictureAsk,
  model: string,
  can: Capabilities,
  drawSeed: () => number = () => Math.floor(Math.random() * (SEEDS - MOST_PICTURES)),
): PicturePlan {
  const refuse = (detail: string): never => {
    throw new StudioError('not-supported', { detail })
  }
  if (ask.mask && !ask.image) throw new StudioError('bad-input', { detail: 'a mask without a picture that it lies on' })
  const operation = ask.mask ? 'inpaint' : ask.image ? 'image-to-image' : 'text-to-image'
  if (!can.operations.includes(operation)) refuse(operation)
  const [width, height] = [ask.width ?? can.sizes[0]![0], ask.height ?? can.sizes[0]![1]]
  if (!can.sizes.some((size) => size[0] === width && size[1] === height)) refuse(`${width} × ${height} pixels`)
  const steps = ask.steps ?? can.steps.usual
  if (steps < 1 || steps > can.steps.most || (can.steps.fixed && steps !== can.steps.usual)) refuse(`${steps} steps`)
  const guidance = ask.guidance ?? can.guidance.usual
  if (!(guidance >= 0 && guidance <= can.guidance.most)) refuse(`a guidance scale of ${guidance}`)
  const sampler = ask.sampler ?? can.samplers[0]!
  if (!can.samplers.includes(sampler)) refuse(`sampler ${sampler}`)
  const negativePrompt = ask.negativePrompt ?? ''
  if (negativePrompt !== '' && !can.negativePrompt) refuse('a negative prompt')
  if (ask.transparent && !can.transparent) refuse('a transparent background')
  if (ask.prompt.length > can.limits.prompt) refuse(`a prompt of ${ask.prompt.length} characters`)
  const count = ask.count ?? 1
  if (!Number.isInteger(count) || count < 1 || count > MOST_PICTURES) throw new StudioError('bad-input', { detail: `${count} pictures` })
  return {
    model,
    operation,
    prompt: ask.prompt,
    negativePrompt,
    count,
    seed: ask.seed ?? drawSeed(),
    steps,
    guidance,
    sampler,
    width,
    height,
    ...(ask.image && { image: ask.image }),
    ...(ask.mask && { mask: ask.mask }),
    ...(ask.transparent && { transparent: true }),
    ...(ask.illustrates && { illustrates: ask.illustrates }),
    ...(ask.enlarge && { enlarge: true as const }),
  }
}
