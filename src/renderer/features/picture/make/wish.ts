import type { PictureCapabilities, PictureRequest, Recipe } from '../../../../contract/index.js'
import { createStore, useStore } from '../../../state/store.js'

/** What a person has set in *Make* for a picture, kept while the window is open. Null: what the model usually takes. The prompt itself is kept in the project. */
export interface PictureWish {
  readonly model: string | null
  readonly count: number
  /** As in `512x768`. */
  readonly size: string | null
  readonly steps: number | null
  readonly guidance: number | null
  readonly sampler: string | null
  /** Null: drawn anew each time. */
  readonly seed: number | null
  readonly negativePrompt: string
  /** The picture version to start from, and how far to leave it (0–1). */
  readonly image: { readonly version: string; readonly strength: number } | null
  /** Only the thing itself, on a transparent background. */
  readonly transparent: boolean
  /** The text version that the picture is made for. */
  readonly illustrates: string | null
  /** Each picture is made larger as well. */
  readonly enlarge: boolean
}

export type PictureRecipe = Extract<Recipe, { by: 'image-model' }>

/** People choose among a few; more are asked for again. */
export const mostPictures = 4

const first: PictureWish = {
  model: null, count: 4, size: null, steps: null, guidance: null, sampler: null, seed: null, negativePrompt: '', image: null, transparent: false, illustrates: null, enlarge: false,
}

const wishes = createStore<Readonly<Record<string, PictureWish>>>({})

export function changeWish(item: string, change: Partial<PictureWish>): void {
  wishes.set((before) => ({ ...before, [item]: { ...(before[item] ?? first), ...change } }))
}

export function usePictureWish(item: string): [PictureWish, (change: Partial<PictureWish>) => void] {
  return [useStore(wishes)[item] ?? first, (change) => changeWish(item, change)]
}

export const sizeKey = ([width, height]: readonly [number, number]): string => `${width}x${height}`

/** Everything that a recipe says, as a wish for the same again. */
export function wishOf(recipe: PictureRecipe, model: string | null): Partial<PictureWish> {
  const image = recipe.sources.find((source) => source.role === 'image')
  return {
    model, count: 1, size: sizeKey([recipe.width, recipe.height]), steps: recipe.steps, guidance: recipe.guidance, sampler: recipe.sampler, seed: recipe.seed,
    negativePrompt: recipe.negativePrompt, image: image ? { version: image.version, strength: recipe.strength ?? 0.6 } : null,
    transparent: recipe.transparent ?? false,
    illustrates: recipe.sources.find((source) => source.role === 'illustrates')?.version ?? null,
  }
}

/** What is asked for: a wish that the chosen model cannot fulfil is left out, and the model's habit fills it. */
export function requestOf(wish: PictureWish, can: PictureCapabilities, place: { project: string; item: string; prompt: string }): PictureRequest {
  const size = can.sizes.find((one) => sizeKey(one) === wish.size)
  const { steps, guidance, sampler } = settingsOf(wish, can)
  return {
    project: place.project, item: place.item, prompt: place.prompt.trim(), model: can.model.id, count: Math.min(wish.count, mostPictures, can.limits.count),
    steps, guidance, sampler,
    ...(wish.seed === null ? {} : { seed: wish.seed }),
    ...(size ? { width: size[0], height: size[1] } : {}),
    ...(can.negativePrompt && wish.negativePrompt.trim() !== '' ? { negativePrompt: wish.negativePrompt.trim() } : {}),
    ...(wish.image && can.operations.includes('image-to-image') ? { image: wish.image } : {}),
    ...(wish.transparent && can.transparent ? { transparent: true } : {}),
    ...(wish.illustrates ? { illustrates: wish.illustrates } : {}),
    ...(wish.enlarge ? { enlarge: true } : {}),
  }
}

/** Steps, guidance and sampler as they will be used. */
export function settingsOf(wish: PictureWish, can: PictureCapabilities): { steps: number; guidance: number; sampler: string } {
  return {
    steps: can.steps.fixed ? can.steps.usual : Math.min(wish.steps ?? can.steps.usual, can.steps.most),
    guidance: Math.min(wish.guidance ?? can.guidance.usual, can.guidance.most),
    sampler: can.samplers.find((one) => one === wish.sampler) ?? can.samplers[0] ?? '',
  }
}

/**
 * How long pictures may take in milliseconds, from the last one that this model made here: by steps and by pixels. Null
 * where it has made none.
 */
export function estimatePictures(recipes: readonly Recipe[], model: string, wanted: { count: number; steps: number; pixels: number }): number | null {
  const last = recipes.find((recipe): recipe is PictureRecipe => recipe.by === 'image-model' && recipe.model.name === model && recipe.ms > 0)
  if (!last) return null
  return (last.ms / (last.steps * last.width * last.height)) * wanted.steps * wanted.pixels * wanted.count
}
