import type { EngineResult, ModelView, Sha256 } from '../../contract/index.js'

/** What is remembered between starts, by key. Values are plain JSON. */
export interface KeyValueStore {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

export type ModelKind = 'text' | 'image' | 'upscaler'

/** Where the models that come with the application lie; null where one could not be had. */
export interface BuiltIn {
  readonly text: string | null
  readonly image: string | null
  readonly upscaler?: string | null
}

/** A model as it is known before anybody looked into its files. */
export interface Entry {
  readonly id: string
  readonly kind: ModelKind
  readonly path: string | null
  readonly builtIn: boolean
}

export type TextInspection = EngineResult<'text', 'inspect'>
export type ImageInspection = EngineResult<'image', 'inspect'>
export type UpscalerInspection = EngineResult<'image', 'inspectUpscaler'>

/** What an engine says about a model, with what its folder says of itself. */
export type Inspection =
  | { readonly kind: 'text'; readonly engine: TextInspection }
  | { readonly kind: 'image'; readonly engine: ImageInspection; readonly card: ModelCard }
  | { readonly kind: 'upscaler'; readonly engine: UpscalerInspection; readonly card: ModelCard }

/** `galley.json` in a folder: how its maker wants it to be presented. */
export interface ModelCard {
  readonly name?: string
  readonly licence?: string
  readonly about?: string
  readonly demo?: boolean
}

/** A model that is there, whole, and of the right kind: what a job needs to run it and to name it in a recipe. */
export interface ResolvedModel {
  readonly id: string
  readonly kind: ModelKind
  readonly name: string
  readonly path: string
  readonly hash: Sha256
  readonly licence: string
  readonly fileSize: number
  readonly builtIn: boolean
  readonly demo: boolean
  readonly inspection: Inspection
  /** Bytes that it takes when loaded; `contextSize` in tokens counts for text models. */
  needed(contextSize: number): number
}

export interface Models {
  /** All models with what is known of them; a damaged or missing one is listed with its problem. */
  list(): Promise<ModelView[]>
  /** Errors: `not-found`, `not-a-model`. A model that is on the list already is answered as it is. */
  add(path: string): Promise<ModelView>
  /** Takes a model off the list; its files stay. Built-in ones cannot be taken off: `bad-input`. */
  forget(id: string): Promise<void>
  /** Frees the memory that the model takes. Errors: `not-found`. */
  unload(id: string): Promise<void>
  /** The model to use; null means the built-in one. Errors: `model-missing` with what to do, `not-a-model`, `no-permission`. */
  resolve(kind: ModelKind, id: string | null, options?: { signal?: AbortSignal }): Promise<ResolvedModel>
  onChange(listener: () => void): () => void
}
