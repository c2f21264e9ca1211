import type { ResolvedModel } from '../models/index.js'

/** Weights below which a model needs another way of asking, see `prompts.ts`. */
const SMALL = 1e9

export function isSmall({ inspection }: Pick<ResolvedModel, 'inspection'>): boolean {
  return inspection.kind === 'text' && inspection.engine.parameters < SMALL
}

export interface Sampling {
  readonly temperature: number
  readonly topP: number
  readonly topK: number
  readonly repeatPenalty?: number
}

/**
 * How words are drawn where a person left it open. Small models wander off at the temperature that suits larger ones (the card of
 * SmolLM2 names 0.2 and top-p 0.9), and go round in circles below it without a penalty on repetition.
 */
export function samplingOf(model: Pick<ResolvedModel, 'inspection'>): Sampling {
  return isSmall(model) ? { temperature: 0.4, topP: 0.9, topK: 40, repeatPenalty: 1.1 } : { temperature: 0.7, topP: 0.95, topK: 40 }
}
