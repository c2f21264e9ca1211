import canonicalize from 'canonicalize'
import type { Node } from 'prosemirror-model'
import { StudioError } from '../contract/index.js'
import { parseDocument } from './parse.js'
import { schemaVersion } from './schema.js'

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hexadecimal. Core hands it in; this room has no access to one. */
export type HashText = (text: string) => string

// A lone surrogate has no UTF-8 bytes. It becomes U+FFFD, which has the same length, so that positions stay.
function wellFormed(key: string, value: unknown): unknown {
  return key === 'text' && typeof value === 'string' && !value.isWellFormed() ? value.toWellFormed() : value
}

/** The canonical JSON (RFC 8785) of a block. */
export function canonicalBlock(block: Node): string {
  return canonicalize(JSON.parse(JSON.stringify(block.toJSON(), wellFormed)))!
}

/** The top-level blocks of a text as canonical JSON, with their hashes, in order; a block that occurs twice is listed twice [TEXT1]. */
export function toBlocks(doc: Node, sha256: HashText): { hashes: string[]; blocks: string[] } {
  const blocks: string[] = []
  doc.forEach((child) => { blocks.push(canonicalBlock(child)) })
  return { hashes: blocks.map(sha256), blocks }
}

/** The text that these blocks make. Errors: `bad-input`. */
export function fromBlocks(blocks: readonly string[]): Node {
  let content: unknown[]
  try {
    content = blocks.map((block) => JSON.parse(block) as unknown)
  } catch {
    throw new StudioError('bad-input', { detail: 'a block of the text is no JSON' })
  }
  return parseDocument({ type: 'doc', content })
}

/** From schema n to n + 1, one block at a time. Empty while there is one schema; each entry needs a test of its own. */
export const upcasts: Readonly<Record<number, (block: unknown) => unknown>> = {}

/**
 * Blocks of an older schema as blocks of `schemaVersion`; today's are handed back as they are. What lies in the file is never rewritten.
 * Errors: `not-supported` for a newer schema, `bad-input` for a number that never was one.
 */
export function upcastBlocks(schemaNumber: number, blocks: readonly string[]): readonly string[] {
  if (schemaNumber > schemaVersion) throw new StudioError('not-supported', { detail: `this text was written by a newer Galley (text schema ${schemaNumber})` })
  if (!Number.isInteger(schemaNumber) || schemaNumber < 1) throw new StudioError('bad-input', { detail: `no text schema has the number ${schemaNumber}` })
  let result = blocks
  for (let number = schemaNumber; number < schemaVersion; number++) {
    const upcast = upcasts[number]!
    result = result.map((block) => canonicalize(upcast(JSON.parse(block)))!)
  }
  return result
}
