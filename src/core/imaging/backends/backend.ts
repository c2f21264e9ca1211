import type { Recipe } from '../../../contract/index.js'

export type PictureOperation = Extract<Recipe, { by: 'image-model' }>['operation']

/** A picture model as the list of models knows it. */
export interface ImageModel {
  readonly id: string
  readonly name: string
  readonly path: string
  /** SHA-256 that names its weights, as in recipes. */
  readonly hash: string
  readonly licence?: string
  readonly builtIn: boolean
  /** A demo says so wherever its name stands. */
  readonly demo?: boolean
  /** Bytes of memory that it will need. */
  readonly needed: number
}

/** What a backend can do with a model. The interface shows only this. */
export interface Capabilities {
  readonly operations: readonly PictureOperation[]
  /** Sizes in pixels; the first is offered first. */
  readonly sizes: readonly (readonly [width: number, height: number])[]
  /** `fixed`: no other number of steps is taken. */
  readonly steps: { readonly usual: number; readonly most: number; readonly fixed: boolean }
  readonly guidance: { readonly usual: number; readonly most: number }
  readonly negativePrompt: boolean
  /** The background can be left transparent. */
  readonly transparent: boolean
  /** The model's own first. */
  readonly samplers: readonly string[]
  /** Characters of a prompt. */
  readonly limits: { readonly prompt: number }
  readonly progress: boolean
  readonly preview: boolean
  /** When a running picture can be stopped: between two steps, only by ending its process, or not at all. */
  readonly cancel: 'between-steps' | 'by-ending' | 'never'
  /** The same request on the same build gives the same bytes. */
  readonly repeatable: boolean
}

/** Everything that a picture depends on, so that its recipe is complete by construction. */
export interface PictureRequest {
  readonly operation: PictureOperation
  readonly prompt: string
  readonly negativePrompt: string
  readonly seed: number
  readonly steps: number
  readonly guidance: number
  readonly sampler: string
  readonly width: number
  readonly height: number
  /** File of the picture to start from, of any format and size (it is cut to fit), and how far to leave it, 0–1. */
  readonly image?: { readonly file: string; readonly strength: number }
  /**
   * For `inpaint`: what may change of the picture to start from. White is painted anew, black stays, in the shape of that picture. The result
   * has its size, and every pixel of it where the mask is black; `width` and `height` are what the model paints at.
   */
  readonly mask?: { readonly file: string }
  /** Only the thing itself, on a transparent background. */
  readonly transparent?: boolean
}

export interface GenerateOptions {
  readonly signal?: AbortSignal
  /** `step` counts from 1; called after each. */
  readonly onProgress?: (progress: { readonly step: number; readonly steps: number }) => void
  /** A PNG of what is coming, written anew each time under the same name; `number` counts from 1. */
  readonly onPreview?: (preview: { readonly number: number; readonly file: string }) => void
  /** What it waits for before it can begin, as a message id; null: it goes on. */
  readonly onWait?: (reason: string | null) => void
  /** An empty folder for the files of this call. The caller removes it. */
  readonly scratch: string
}

export interface PictureOutput {
  /** A file in the scratch folder. */
  readonly file: string
  readonly width: number
  readonly height: number
  readonly mediaType: string
}

export interface Generated {
  readonly outputs: readonly PictureOutput[]
  /** Engine and build, for the recipe. */
  readonly engine: string
  readonly threads: number
  /** The model read only the beginning of the prompt. */
  readonly promptCut?: boolean
  /** Milliseconds that the making took, loading not counted. */
  readonly ms: number
}

/** What a model that enlarges does to a picture. */
export interface Enlargement {
  /** How many times as wide and as high the result is. */
  readonly factor: number
  /** Pixels that the result may have. */
  readonly mostPixels: number
  readonly cancel: Capabilities['cancel']
  readonly repeatable: boolean
}

/**
 * Making pictures larger with a model of its own kind. Errors: `image-too-large` where the result would have more than `mostPixels`,
 * `out-of-memory`, `not-an-image`, and those of `generate`.
 */
export interface Enlarger {
  enlargement(model: ImageModel, options?: { signal?: AbortSignal }): Promise<Enlargement>
  /** `image`: a file of any format. What is clear in it stays clear. Progress counts tiles. */
  enlarge(model: ImageModel, image: string, options: Omit<GenerateOptions, 'onPreview'>): Promise<Generated>
}

/**
 * A way of making pictures. One folder each, and all pass `contract-suite.ts`. Errors: `not-supported` for what the
 * capabilities do not name, `cancelled`, `bad-output`, `not-a-model`, `out-of-memory`, `engine-lost`, and for a picture
 * to start from `not-an-image` and `image-too-large`.
 */
export interface Backend {
  readonly id: string
  capabilities(model: ImageModel, options?: { signal?: AbortSignal }): Promise<Capabilities>
  generate(model: ImageModel, request: PictureRequest, options: GenerateOptions): Promise<Generated>
  /** Absent where it cannot make pictures larger. */
  readonly enlarger?: Enlarger
}
