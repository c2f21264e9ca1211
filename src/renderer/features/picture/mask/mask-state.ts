import { createStore, useStore } from '../../../state/store.js'
import type { Point } from '../frame/box.js'

/** A line of the brush, in pixels of the picture. */
export interface Stroke {
  readonly kind: 'stroke'
  readonly erases: boolean
  /** Diameter of the brush. */
  readonly size: number
  readonly points: readonly Point[]
}
/** A mask that was used before: white is painted on. */
export interface Stencil {
  readonly kind: 'stencil'
  readonly picture: CanvasImageSource
}
export type MaskAct = Stroke | Stencil | { readonly kind: 'invert' } | { readonly kind: 'clear' }

/** What may change of a picture, as a person painted it: acts in their order, and those that were taken back. */
export interface Mask {
  readonly acts: readonly MaskAct[]
  readonly undone: readonly MaskAct[]
  /** Width of the soft edge, in pixels of the picture. */
  readonly soft: number
}

const nothing: Mask = { acts: [], undone: [], soft: 4 }

/** Masks by version; they are kept while the window is open, so that another try needs no new one. */
const masks = createStore<Readonly<Record<string, Mask>>>({})

export const maskOf = (version: string): Mask => masks.get()[version] ?? nothing
export const useMask = (version: string | null | undefined): Mask => useStore(masks)[version ?? ''] ?? nothing

function change(version: string, act: (mask: Mask) => Mask): void {
  masks.set((before) => ({ ...before, [version]: act(before[version] ?? nothing) }))
}

export const addAct = (version: string, act: MaskAct): void => change(version, (mask) => ({ ...mask, acts: [...mask.acts, act], undone: [] }))
export const changeSoft = (version: string, soft: number): void => change(version, (mask) => ({ ...mask, soft }))
/** The mask of a recipe, as it was: its edge is soft already. */
export const takeStencil = (version: string, picture: CanvasImageSource): void => change(version, () => ({ acts: [{ kind: 'stencil', picture }], undone: [], soft: 0 }))
export const forgetMask = (version: string): void => change(version, () => nothing)

export const undoAct = (version: string): void => change(version, ({ acts, undone, soft }) => {
  const last = acts.at(-1)
  return last ? { acts: acts.slice(0, -1), undone: [...undone, last], soft } : { acts, undone, soft }
})

export const redoAct = (version: string): void => change(version, ({ acts, undone, soft }) => {
  const next = undone.at(-1)
  return next ? { acts: [...acts, next], undone: undone.slice(0, -1), soft } : { acts, undone, soft }
})

/** Whether anything may be painted: the acts since the last clearing put something on. */
export function hasPaint({ acts }: Mask): boolean {
  const since = acts.slice(acts.findLastIndex((act) => act.kind === 'clear') + 1)
  return since.some((act) => act.kind === 'invert' || act.kind === 'stencil' || (act.kind === 'stroke' && !act.erases))
}

const smallestBrush = 2
/** The next brush: steps grow with it, so that every picture is at home. */
export const nextBrush = (size: number, larger: boolean, most: number): number =>
  Math.round(Math.max(smallestBrush, Math.min(most, larger ? Math.max(size + 1, size * 1.2) : size / 1.2)))
