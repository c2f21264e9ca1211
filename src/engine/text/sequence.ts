import type { LlamaContextSequence, Token } from 'node-llama-cpp'

/**
 * Prompts are read in steps of this many tokens, always beginning at a multiple of it. Two reasons: a stop is noticed
 * between steps, and a token is always read together with the same neighbours whether or not what stood before it was
 * reused, so that the same request gives the same words either way (sums of floats depend on how they are batched).
 */
export const stepTokens = 128

/** One sequence of the context with the prompt that it still holds. */
export class PromptSequence {
  busy = false
  /** Tokens at the beginning that were read in whole steps: only these are reused. */
  #read = 0

  constructor(readonly sequence: LlamaContextSequence) {}

  /** How many tokens of this prompt need not be read again. At least the last token always is. */
  reusable(tokens: readonly Token[]): number {
    const held = this.sequence.contextTokens
    const limit = Math.min(this.#read, tokens.length - 1)
    let same = 0
    while (same < limit && held[same] === tokens[same]) same++
    return Math.floor(same / stepTokens) * stepTokens
  }

  /**
   * Reads the prompt up to its last step, which is left for the caller to read together with the first sampling.
   * Returns how many tokens were reused and which are left; null where it was stopped.
   */
  async prepare(tokens: readonly Token[], signal: AbortSignal): Promise<{ reused: number; rest: Token[] } | null> {
    const reused = this.reusable(tokens)
    // Set before anything changes: a failure half way must not leave a promise that does not hold.
    this.#read = reused
    await this.sequence.adaptStateToTokens(tokens.slice(0, reused), false)
    // Models whose state cannot be cut at any point are set back to a checkpoint, or to nothing.
    let at = Math.floor(this.sequence.nextTokenIndex / stepTokens) * stepTokens
    if (at !== this.sequence.nextTokenIndex) {
      await this.sequence.clearHistory()
      at = 0
    }
    const from = at
    this.#read = at
    while (tokens.length - at > stepTokens) {
      if (signal.aborted) return null
      await this.sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + stepTokens))
      at += stepTokens
      this.#read = at
    }
    // Does nothing for models whose state can be cut anywhere.
    if (at > from) await this.sequence.takeCheckpoint()
    return signal.aborted ? null : { reused: from, rest: tokens.slice(at) }
  }
}
