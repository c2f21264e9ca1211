import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { StudioError } from '../../contract/index.js'
import { readConfiguration } from './folder/configuration.js'
import { clipTokenizer } from './clip-tokenizer.js'

/** Turns words into the numbers that a text encoder knows, begin and end marks included. */
export interface WordTokenizer {
  /** At most `limit` tokens; what is too long loses its end, but keeps the closing mark. `cut` says whether it did. */
  encode(text: string, limit: number): { readonly ids: number[]; readonly cut: boolean }
}

const record = z.record(z.string(), z.unknown())

/** The tokenizer of a model folder, from `tokenizer.json` or, as older exports have it, from CLIP's vocabulary and merges. Error: `not-a-model`. */
export async function openTokenizer(folder: string): Promise<WordTokenizer> {
  const configuration = (await readConfiguration(folder, 'tokenizer/tokenizer_config.json', record)) ?? {}
  const definition = (await readConfiguration(folder, 'tokenizer/tokenizer.json', record)) ?? (await clipTokenizer(folder))
  if (!definition) throw new StudioError('not-a-model', { path: folder, detail: 'tokenizer/tokenizer.json is missing' })
  let tokenizer: Tokenizer
  try {
    tokenizer = new Tokenizer(definition, configuration)
    tokenizer.encode('a word')
  } catch (error) {
    throw new StudioError('not-a-model', { path: folder, detail: `tokenizer/tokenizer.json: ${(error as Error).message}` }, { cause: error })
  }
  return {
    encode(text, limit) {
      const { ids } = tokenizer.encode(text)
      return ids.length <= limit ? { ids, cut: false } : { ids: [...ids.slice(0, limit - 1), ids.at(-1)!], cut: true }
    },
  }
}
