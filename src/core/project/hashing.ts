import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { StudioError, type Fact, type FactId, type Sha256 } from '../../contract/index.js'

/** Longest JSON text that is read from a file, in characters, and how deep it may nest [OPEN1]. */
const MAX_JSON_LENGTH = 128 * 1024 * 1024
const MAX_JSON_DEPTH = 256

/** SHA-256 in lower-case hexadecimal. */
export function hashOf(bytes: Uint8Array | string): Sha256 {
  return createHash('sha256').update(bytes).digest('hex')
}

/** RFC 8785 JSON of a value. Errors: `bad-input` for what has no canonical form (lone surrogates, infinities, cycles). */
export function canonicalText(value: unknown): string {
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch (error) {
    throw new StudioError('bad-input', { detail: `no canonical form: ${(error as Error).message}` }, { cause: error })
  }
  if (text === undefined) throw new StudioError('bad-input', { detail: 'no canonical form' })
  return text
}

/** The id of a fact: the SHA-256 of its canonical bytes [FACT1]. */
export function factIdOf(fact: Fact): FactId {
  return hashOf(canonicalText(fact))
}

/** The name of a text block: the SHA-256 of its canonical JSON [TEXT1]. */
export function blockHashOf(block: unknown): Sha256 {
  return hashOf(canonicalText(block))
}

/**
 * Parses JSON that came from a file. Depth is counted before parsing, because the parser recurses and a hostile file
 * would end the process with a full stack instead of an error. Errors: any `Error`.
 */
export function parseBounded(text: string): unknown {
  if (text.length > MAX_JSON_LENGTH) throw new Error(`JSON of ${text.length} characters is too long`)
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === 0x5c) index++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_JSON_DEPTH) throw new Error(`JSON nests deeper than ${MAX_JSON_DEPTH}`)
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return JSON.parse(text)
}
