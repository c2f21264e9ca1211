import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readConfiguration } from './folder/configuration.js'

const BEGIN = '<|startoftext|>'
const END = '<|endoftext|>'
/** CLIP's words: contractions, letters, single digits, runs of anything else. */
const WORDS = `${BEGIN.replaceAll('|', '\\|')}|${END.replaceAll('|', '\\|')}|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+`

/** A `tokenizer.json` for CLIP's `vocab.json` and `merges.txt`; null where a folder has neither. */
export async function clipTokenizer(folder: string): Promise<Record<string, unknown> | null> {
  const vocabulary = await readConfiguration(folder, 'tokenizer/vocab.json', z.record(z.string(), z.number().int().nonnegative()))
  if (!vocabulary || vocabulary[BEGIN] === undefined || vocabulary[END] === undefined) return null
  let merges: string[]
  try {
    merges = (await readFile(join(folder, 'tokenizer/merges.txt'), 'utf8')).split('\n').filter((line) => line.includes(' ') && !line.startsWith('#version'))
  } catch {
    return null
  }
  return {
    version: '1.0',
    added_tokens: [BEGIN, END].map((content) => ({
      id: vocabulary[content],
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }, { type: 'Lowercase' }] },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: WORDS }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: { type: 'RobertaProcessing', sep: [END, vocabulary[END]], cls: [BEGIN, vocabulary[BEGIN]], trim_offsets: false, add_prefix_space: false },
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: END,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab: vocabulary,
      merges,
    },
  }
}
