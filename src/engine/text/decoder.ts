import type { LlamaModel, Token } from 'node-llama-cpp'

/** Longest run of tokens that may belong to one character; after that it is what it is. */
const heldLimit = 8
const contextTokens = 4

/** Turns tokens into text as they come, holding back those that end inside a character (emoji, many scripts). */
export interface Decoder {
  /** Text that is certain now; empty while a character is still open. */
  push(token: Token): string
  /** What was held back, as it is. */
  end(): string
}

export function createDecoder(model: Pick<LlamaModel, 'detokenize'>, before: readonly Token[]): Decoder {
  // The last tokens before tell the tokenizer whether a word begins with a space.
  let last = before.slice(-contextTokens)
  let held: Token[] = []

  const release = (text: string) => {
    last = [...last, ...held].slice(-contextTokens)
    held = []
    return text
  }

  return {
    push(token) {
      held.push(token)
      const text = model.detokenize(held, false, last)
      // U+FFFD at the end stands for bytes of a character that is not whole yet.
      return text.endsWith('\uFFFD') && held.length < heldLimit ? '' : release(text)
    },
    end: () => (held.length === 0 ? '' : release(model.detokenize(held, false, last))),
  }
}
