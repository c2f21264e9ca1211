import type { Node } from 'prosemirror-model'
import type { Mappable } from 'prosemirror-transform'
import { StudioError, type CommentAnchor } from '../contract/index.js'
import { mapThroughDiff } from './changes.js'
import { findQuote } from './quote.js'
import { wordsBetween } from './plain.js'
import { mapRange, type Range } from './steps.js'

/** An anchor on words: positions in the version it was written on, and the words with what stands around them. */
export type WordsAnchor = Extract<CommentAnchor, { type: 'words' }>

const contextLength = 60
const longestQuote = 20_000

// Halves of a character at the cut would never be found again.
const wholeEnd = (text: string) => text.replace(/[\ud800-\udbff]$/, '')
const wholeStart = (text: string) => text.replace(/^[\udc00-\udfff]/, '')

/** The anchor of a comment on these words, in positions of `doc`. Errors: `bad-input` for a range outside of the text. */
export function makeAnchor(doc: Node, from: number, to: number): WordsAnchor {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > doc.content.size) {
    throw new StudioError('bad-input', { detail: `the text has no range ${from} to ${to}` })
  }
  const around = 4 * contextLength
  return {
    type: 'words', from, to,
    quote: wholeEnd(wordsBetween(doc, from, to).slice(0, longestQuote)),
    prefix: wholeStart(wordsBetween(doc, Math.max(0, from - around), from).slice(-contextLength)),
    suffix: wholeEnd(wordsBetween(doc, to, Math.min(doc.content.size, to + around)).slice(0, contextLength)),
  }
}

function sharesWord(quote: string, words: string): boolean {
  const has = new Set(words.toLowerCase().match(/[\p{L}\p{N}]+/gu))
  return quote === words || (quote.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => has.has(word))
}

/**
 * Where the words of an anchor are in `current`, or null: the comment is orphaned, and stays listed. Tried in this order:
 * `mapping` (the steps since `original`, where they are known), the differences between `original` and `current`, the quote
 * with its surroundings.
 */
export function resolveAnchor(anchor: WordsAnchor, place: { original?: Node; current: Node; mapping?: Mappable }): Range | null {
  const range = { from: anchor.from, to: anchor.to }
  const { original, current, mapping } = place
  const isInside = (found: Range | null) => found !== null && found.to <= current.content.size
  if (mapping) {
    const live = mapRange(range, mapping)
    if (isInside(live)) return live
  } else if (original && anchor.to <= original.content.size) {
    if (original.eq(current)) return range
    const mapped = mapRange(range, mapThroughDiff(original, current))
    // Where none of the words is left, the place was rewritten and says nothing about them any more.
    if (mapped && isInside(mapped) && (mapped.from === mapped.to || sharesWord(anchor.quote, wordsBetween(current, mapped.from, mapped.to)))) return mapped
  }
  return findQuote(current, anchor)
}
