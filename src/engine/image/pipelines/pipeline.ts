import type { ModelFolder } from '../folder/model-folder.js'

/** A picture while it is made: `channels × height × width` numbers, one picture. */
export interface Latent {
  readonly data: Float32Array
  readonly height: number
  readonly width: number
}

/** What the network is told about the words, made once for a picture. `ask` runs it once and applies the guidance scale. */
export interface Conditioning {
  /** Prompt or negative prompt was longer than the text encoder reads. */
  readonly cut: boolean
  /** The network's guided answer: noise, velocity or picture, as its scheduler wants it. `timestep` in trained steps. */
  ask(latent: Latent, timestep: number): Promise<Float32Array>
}

/** A model in memory. One picture at a time. */
export interface Pipeline {
  readonly folder: ModelFolder
  readonly threads: number
  /**
   * Prepares a prompt. A guidance scale of 1 needs one pass for a step, others two. `start` is the picture to start from, for
   * networks that look at it themselves, and how far to leave it.
   */
  condition(prompt: string, negativePrompt: string, guidance: number, start?: { readonly latent: Latent; readonly strength: number }): Promise<Conditioning>
  /** The picture of a latent: 3 × height × width numbers from −1 to 1. */
  decode(latent: Latent): Promise<Float32Array>
  /**
   * Takes the ground from under a decoded picture: 3 × height × width from −1 to 1 become 4 × height × width, colours as
   * before and not multiplied by the alpha, which goes from 0 to 1. Null where the folder has no matte.
   */
  readonly matte: ((picture: Float32Array, width: number, height: number) => Promise<Float32Array>) | null
  /**
   * The latent of a picture (3 × height × width, −1 to 1); null where the folder has no encoder. `noise` draws unit noise of
   * a length, for encoders that answer with a distribution.
   */
  readonly encode: ((picture: Float32Array, width: number, height: number, noise: (count: number) => Float32Array) => Promise<Latent>) | null
  release(): Promise<void>
}
