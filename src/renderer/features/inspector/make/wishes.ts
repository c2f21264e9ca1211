import type { TextOperation } from '../../../../contract/index.js'
import { createStore, useStore } from '../../../state/store.js'

/** What a person has set in *Make* for an item, kept while the window is open. The brief itself is kept in the project. */
export interface Wish {
  readonly operation: TextOperation
  /** What to do with the selected words or the text, for the operations that do not work from the brief. */
  readonly how: string
  readonly on: 'selection' | 'text' | null
  readonly model: string | null
  /** Null: drawn anew each time. */
  readonly seed: number | null
  readonly maxTokens: number
  /** Null: as suits the model. */
  readonly temperature: number | null
}

const first: Wish = { operation: 'draft', how: '', on: null, model: null, seed: null, maxTokens: 512, temperature: null }

const wishes = createStore<Readonly<Record<string, Wish>>>({})

export function useWish(item: string): [Wish, (change: Partial<Wish>) => void] {
  const wish = useStore(wishes)[item] ?? first
  return [wish, (change) => wishes.set((before) => ({ ...before, [item]: { ...(before[item] ?? first), ...change } }))]
}

/** Seeds are shown and typed by people: nine digits at most. */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000_000
}

/** Operations whose field is the item's brief; for the others it says what to do this once. */
export function usesBrief(operation: TextOperation): boolean {
  return operation === 'draft' || operation === 'continue'
}

/** Where the words of an operation go: a draft takes the whole text, a rewrite the selection; the rest as chosen, else as something is selected. */
export function placeOfWish(wish: Pick<Wish, 'operation' | 'on'>, hasSelection: boolean): 'selection' | 'text' {
  if (wish.operation === 'rewrite') return 'selection'
  if (wish.operation === 'draft' || !hasSelection) return 'text'
  return wish.on ?? (wish.operation === 'continue' ? 'text' : 'selection')
}

/**
 * How long a proposal may take, from how fast the model was last time on this computer. Null where that is not known.
 * @param speed tokens per second and milliseconds to the first token
 */
export function estimate(maxTokens: number, speed: { tokensPerSecond: number; firstTokenMs: number } | null): number | null {
  if (!speed || speed.tokensPerSecond <= 0) return null
  return speed.firstTokenMs + (maxTokens / speed.tokensPerSecond) * 1000
}
