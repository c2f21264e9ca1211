import type { Node } from 'prosemirror-model'
import type { Mappable } from 'prosemirror-transform'
import { StudioError, type CommentAnchor } from '../contract/index.js'
import { mapThroughDiff } from './changes.js'
import { QuoteFinder } from './quote.js'
import { wordsBetween } from './plain.js'
import { mapRange, type Range } from './steps.js'

/** An anchor on words: positions in the version it was written on, and the words with what stands around them. */
export type WordsAnchor = Extract<CommentAnchor, { type: 'words' }>

const contextLength = 60
const longestQuote = 20_000
/** Versions whose difference from a text is remembered. */
const mostDifferences = 16

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
 * Finds the words of anchors in one text. What many anchors need is worked out once: the text as a string, its words, and
 * how it differs from each version that comments were written on.
 */
export class AnchorFinder {
  private readonly quotes: QuoteFinder
  private readonly differences = new Map<Node, Mappable | 'same'>()

  constructor(readonly current: Node) {
    this.quotes = new QuoteFinder(current)
  }

  /**
   * Words that stand just once with all that stood around them: found without the version they were written on, which may
   * be costly to read. Null says only that this is not so.
   */
  findUnchanged(anchor: WordsAnchor): Range | null {
    return this.quotes.findUnchanged(anchor)
  }

  /**
   * Where the words of an anchor are, or null: the comment is orphaned, and stays listed. Tried in this order: `mapping`
   * (the steps since `original`, where they are known), words that stand unchanged, the differences from `original`, the
   * quote with its surroundings.
   */
  find(anchor: WordsAnchor, { original, mapping }: { original?: Node; mapping?: Mappable } = {}): Range | null {
    const { current } = this
    const range = { from: anchor.from, to: anchor.to }
    const isInside = (found: Range | null) => found !== null && found.to <= current.content.size
    if (mapping) {
      const live = mapRange(range, mapping)
      if (isInside(live)) return live
      return this.quotes.find(anchor)
    }
    if (original && anchor.to <= original.content.size) {
      const difference = this.differenceFrom(original)
      if (difference === 'same') return range
      const unchanged = this.findUnchanged(anchor)
      if (unchanged) return unchanged
      const mapped = mapRange(range, difference)
      // Where none of the words is left, the place was rewritten and says nothing about them any more.
      if (mapped && isInside(mapped) && (mapped.from === mapped.to || sharesWord(anchor.quote, wordsBetween(current, mapped.from, mapped.to)))) return mapped
    }
    return this.quotes.find(anchor)
  }

  private differenceFrom(original: Node): Mappable | 'same' {
    const known = this.differences.get(original)
    if (known) return known
    const difference = original.eq(this.current) ? 'same' : mapThroughDiff(original, this.current)
    this.differences.set(original, difference)
    if (this.differences.size > mostDifferences) this.differences.delete(this.differences.keys().next().value!)
    return difference
  }
}

/** Where the words of one anchor are in `current`, or null. Of many, ask one `AnchorFinder`. */
export function resolveAnchor(anchor: WordsAnchor, { current, ...known }: { original?: Node; current: Node; mapping?: Mappable }): Range | null {
  return new AnchorFinder(current).find(anchor, known)
}
