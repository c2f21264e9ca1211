import type { LlamaModel, Token } from 'node-llama-cpp'
import { createDecoder } from './decoder.js'
import { createEndings } from './endings.js'
import type { Prompt } from './prompt.js'
import { createThoughts } from './thoughts.js'

/** From tokens to the words that are shown: whole characters, no endings, no thoughts. */
export interface Output {
  push(token: Token): void
  /** The text has come to an end by itself. */
  readonly ended: boolean
  /** Shows what was held back, once nothing more comes. */
  finish(): void
}

export function createOutput(model: LlamaModel, prompt: Prompt, emit: (delta: string) => void): Output {
  const decoder = createDecoder(model, prompt.tokens)
  const endings = createEndings(prompt.endings)
  const thoughts = createThoughts()
  let leadingSpace = prompt.spaceLeft

  const show = (text: string) => {
    if (text === '') return
    // The words that the answer starts from end with this space already.
    emit(leadingSpace && text.startsWith(' ') ? text.slice(1) : text)
    leadingSpace = false
  }

  return {
    push: (token) => show(thoughts.push(endings.push(decoder.push(token)))),
    get ended() {
      return endings.reached
    },
    finish() {
      show(thoughts.push(endings.push(decoder.end())))
      show(thoughts.push(endings.rest()))
      show(thoughts.rest())
    },
  }
}
