import { createHash } from 'node:crypto'
import type { ChatWrapper, LlamaModel, Token } from 'node-llama-cpp'
import type { EngineParams } from '../../contract/index.js'

type PromptParts = Pick<EngineParams<'text', 'write'>, 'system' | 'document' | 'instruction' | 'begin'>

export interface Prompt {
  readonly tokens: Token[]
  /** SHA-256 of the tokens, hex. */
  readonly hash: string
  /** Texts that end an answer although they are not the model's own end token. */
  readonly endings: readonly string[]
  /** The words that the answer starts from ended with a space, which is left for the model to write. */
  readonly spaceLeft: boolean
}

/**
 * The exact tokens of a request, in the model's own chat template and in the fixed order system, document, instruction,
 * so that what stays the same comes first and is reused. Words of a person never become control tokens.
 */
export function buildPrompt(model: LlamaModel, chat: ChatWrapper, request: PromptParts): Prompt {
  const user = [request.document, request.instruction].filter((part) => part !== '').join('\n\n')
  // Models write a word together with the space before it: a space that is already there makes them stumble.
  const begin = request.begin?.replace(/ +$/, '') ?? ''
  const { contextText, stopGenerationTriggers } = chat.generateContextState({
    chatHistory: [
      ...(request.system === '' ? [] : [{ type: 'system' as const, text: request.system }]),
      { type: 'user', text: user },
      { type: 'model', response: begin === '' ? [] : [begin] },
    ],
  })
  const tokens = contextText.tokenize(model.tokenizer)
  // Some templates open with the token that also stands for "beginning", which the tokenizer has put there already.
  if (tokens.length > 1 && tokens[0] === tokens[1] && tokens[0] === model.tokens.bos) tokens.shift()
  return {
    tokens,
    hash: createHash('sha256').update(Uint32Array.from(tokens)).digest('hex'),
    endings: stopGenerationTriggers.flatMap((trigger) => {
      const text = trigger.values.map((part) => (typeof part === 'string' ? part : 'value' in part ? String(part.value) : '')).join('')
      return trigger.values.every((part) => typeof part === 'string') && text !== '' ? [text] : []
    }),
    spaceLeft: begin !== '' && begin !== request.begin,
  }
}
