import type { Token } from 'node-llama-cpp'
import { StudioError } from '../../contract/index.js'
import type { PromptSequence } from './sequence.js'

/** Lends the sequences of a context, the one that already holds most of the prompt first. */
export interface Pool {
  /** Waits until a sequence is free. Errors: `cancelled` when the signal is aborted while it waits. */
  take(tokens: readonly Token[], signal: AbortSignal): Promise<PromptSequence>
  give(sequence: PromptSequence): void
  /** Resolves when all sequences are back and nobody waits for one. */
  drained(): Promise<void>
}

export function createPool(sequences: readonly PromptSequence[]): Pool {
  const waiting = new Set<() => void>()
  let takers = 0

  const freed = () => new Promise<void>((resolve) => {
    const once = () => {
      waiting.delete(once)
      resolve()
    }
    waiting.add(once)
  })

  const wakeAll = () => {
    for (const wake of [...waiting]) wake()
  }

  return {
    async take(tokens, signal) {
      takers++
      try {
        while (true) {
          if (signal.aborted) throw new StudioError('cancelled', {})
          const free = sequences.filter((sequence) => !sequence.busy)
          const best = free.sort((one, other) => other.reusable(tokens) - one.reusable(tokens))[0]
          if (best) {
            best.busy = true
            return best
          }
          const aborted = Promise.withResolvers<void>()
          const wake = () => aborted.resolve()
          signal.addEventListener('abort', wake, { once: true })
          await Promise.race([freed(), aborted.promise])
          signal.removeEventListener('abort', wake)
        }
      } finally {
        takers--
        if (signal.aborted) wakeAll()
      }
    },
    give(sequence) {
      sequence.busy = false
      wakeAll()
    },
    async drained() {
      while (takers > 0 || sequences.some((sequence) => sequence.busy)) await freed()
    },
  }
}
