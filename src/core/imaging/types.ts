import type { Recipe } from '../../contract/index.js'
import type { ImageModel } from './backends/backend.js'

export type PictureRecipe = Extract<Recipe, { by: 'image-model' }>

/** Where picture models are found. */
export interface ImageModels {
  /** The model with this id; null: the one of the settings. Errors: `model-missing`, `not-found`. */
  resolve(model: string | null): Promise<ImageModel>
  /** A model with exactly these weights, if this computer has one. */
  withHash(hash: string): Promise<ImageModel | null>
}

/** Where models that enlarge are found. */
export interface Upscalers {
  /** The one that is used. Error: `model-missing`. */
  resolve(): Promise<ImageModel>
  /** One with exactly these weights, if this computer has it. */
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
  /** File of the mask; needed where the plan names one. */
  readonly maskFile?: string
}

/** A picture in a scratch folder. */
export interface PictureFile {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly mediaType: string
}

export interface MadePicture extends PictureFile {
  readonly recipe: PictureRecipe
  /** Removes the file, once its bytes are kept elsewhere. */
  dispose(): Promise<void>
}

export type { RemakeOutlook } from '../../contract/index.js'
