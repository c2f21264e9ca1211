import type { Sha256, VersionContent } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { parseBounded } from '../hashing.js'
import { readBody } from '../store.js'

/** How many characters of a text's beginning a list shows. */
export const BEGINNING_LENGTH = 200

const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu

/** The plain words of a block's JSON: all `text`, with a space where another node stands between. */
function plainText(node: unknown, parts: string[]): void {
  if (typeof node !== 'object' || node === null) return
  const { text, content } = node as { text?: unknown; content?: unknown }
  if (typeof text === 'string') parts.push(text)
  else if (Array.isArray(content)) {
    for (const child of content) plainText(child, parts)
    parts.push(' ')
  } else parts.push(' ')
}

export interface BlockMeasure { readonly words: number; readonly beginning: string }

/** Number of words and beginning of one block, as parsed from its JSON. */
export function measureBlock(block: unknown): BlockMeasure {
  const parts: string[] = []
  plainText(block, parts)
  const text = parts.join('').replace(/\s+/g, ' ').trim()
  let words = 0
  for (const _ of text.matchAll(word)) words++
  return { words, beginning: cut(text) }
}

/** At most `BEGINNING_LENGTH` characters, never half a character. */
function cut(text: string): string {
  if (text.length <= BEGINNING_LENGTH) return text
  const end = text.codePointAt(BEGINNING_LENGTH - 1)! > 0xffff ? BEGINNING_LENGTH - 1 : BEGINNING_LENGTH
  return text.slice(0, end)
}

/** Words and beginning of a version's content, from its blocks; each block is measured once and remembered. */
export function measureContent(connection: Connection, content: VersionContent): { words: number; beginning: string } {
  if (content.type !== 'text') return { words: 0, beginning: '' }
  let words = 0
  let beginning = ''
  for (const hash of content.blocks) {
    const block = blockMeasure(connection, hash)
    words += block.words
    if (block.beginning !== '' && beginning.length < BEGINNING_LENGTH) beginning = cut(beginning === '' ? block.beginning : `${beginning} ${block.beginning}`)
  }
  return { words, beginning }
}

function blockMeasure(connection: Connection, hash: Sha256): { words: number; beginning: string } {
  const known = connection.get<{ words: number; beginning: string }>('SELECT words, beginning FROM block_words WHERE hash = ?', hash)
  if (known !== undefined) return known
  const block = readBody(connection, 'blocks', hash)
  if (block === null) return { words: 0, beginning: '' }
  const measured = measureBlock(parseBounded(block))
  rememberMeasure(connection, hash, measured)
  return measured
}

/** Keeps what a block measures; the same for the same block, whoever measured it. */
export function rememberMeasure(connection: Connection, hash: Sha256, { words, beginning }: BlockMeasure): void {
  connection.run('INSERT OR IGNORE INTO block_words (hash, words, beginning) VALUES (?, ?, ?)', hash, words, beginning)
}
