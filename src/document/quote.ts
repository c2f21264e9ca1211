import { diffArrays } from 'diff'
import type { Node } from 'prosemirror-model'
import { flatText, type FlatText } from './flat.js'
import type { Range } from './steps.js'

export interface Quote { readonly from: number; readonly quote: string; readonly prefix: string; readonly suffix: string }

/** So many characters around a quote must agree before a short one is believed to be the same words. */
const leastContext = 8
const longQuote = 24
/** The share of words that a changed quote must have in common with the place that it is believed to be. */
const leastCommon = 0.6
const mostWords = 400
const mostOccurrences = 2000
/** A quote that stands once with all its surroundings, together so long, is that very place. */
const sureLength = 40

function commonEnd(left: string, right: string): number {
  let length = 0
  while (length < left.length && length < right.length && left[left.length - 1 - length] === right[right.length - 1 - length]) length++
  return length
}

function commonStart(left: string, right: string): number {
  let length = 0
  while (length < left.length && length < right.length && left[length] === right[length]) length++
  return length
}

function toRange(flat: FlatText, from: number, to: number): Range {
  return { from: flat.positionAt(from), to: flat.positionAt(to) }
}

function findExactly(flat: FlatText, anchor: Quote): Range | null {
  const { quote, prefix, suffix } = anchor
  const near = flat.offsetAt(anchor.from)
  let best: { at: number; context: number; distance: number } | null = null
  let count = 0
  for (let at = flat.text.indexOf(quote); at >= 0 && count < mostOccurrences; at = flat.text.indexOf(quote, at + 1)) {
    count++
    const before = flat.text.slice(Math.max(0, at - prefix.length), at)
    const after = flat.text.slice(at + quote.length, at + quote.length + suffix.length)
    const context = commonEnd(before, prefix) + commonStart(after, suffix)
    const distance = Math.abs(at - near)
    if (!best || context > best.context || (context === best.context && distance < best.distance)) best = { at, context, distance }
  }
  if (!best) return null
  const isSure = best.context >= Math.min(leastContext, prefix.length + suffix.length) || quote.length >= longQuote
  return isSure ? toRange(flat, best.at, best.at + quote.length) : null
}

interface Word { readonly word: string; readonly from: number; readonly to: number }

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), (match) => ({ word: match[0].toLowerCase(), from: match.index, to: match.index + match[0].length }))
}

function placesOf(text: readonly Word[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [index, { word }] of text.entries()) {
    const list = places.get(word)
    if (list) list.push(index)
    else places.set(word, [index])
  }
  return places
}

// Each word of the quote votes for where the quote would begin if this were it; rare words only, common ones vote for everywhere.
function likelyStarts(quote: readonly Word[], places: ReadonlyMap<string, readonly number[]>): number[] {
  const votes = new Map<number, number>()
  for (const [index, { word }] of quote.entries()) {
    const list = places.get(word) ?? []
    if (list.length > 50) continue
    for (const place of list) {
      const start = Math.max(0, place - index)
      // Neighbouring starts are one place: words before it may have come or gone.
      for (const bucket of [Math.floor(start / 4), Math.floor((start + 2) / 4)]) votes.set(bucket, (votes.get(bucket) ?? 0) + 1 / list.length)
    }
  }
  return [...votes].sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, 6).map(([bucket]) => bucket * 4)
}

function findAlike({ flat, words: text, places }: { flat: FlatText; words: readonly Word[]; places: ReadonlyMap<string, readonly number[]> }, anchor: Quote): Range | null {
  const quote = wordsOf(anchor.quote).slice(0, mostWords)
  if (quote.length < 3) return null
  let best: { from: number; to: number; share: number } | null = null
  for (const start of likelyStarts(quote, places)) {
    const first = Math.max(0, start - 4)
    const window = text.slice(first, start + quote.length + 8 + (quote.length >> 1))
    let [at, common, from, to] = [0, 0, -1, -1]
    for (const part of diffArrays(quote.map(({ word }) => word), window.map(({ word }) => word))) {
      if (part.removed) continue
      if (!part.added) {
        if (from < 0) from = at
        common += part.value.length
        to = at + part.value.length - 1
      }
      at += part.value.length
    }
    if (common < 3) continue
    const share = (2 * common) / (quote.length + to - from + 1)
    if (share >= leastCommon && (!best || share > best.share)) best = { from: window[from]!.from, to: window[to]!.to, share }
  }
  return best && toRange(flat, best.from, best.to)
}

/** Finds quotes in one text, which is read once for all of them. */
export class QuoteFinder {
  private flatOnce: FlatText | null = null
  private wordsOnce: { words: readonly Word[]; places: ReadonlyMap<string, readonly number[]> } | null = null

  constructor(private readonly doc: Node) {}

  private get flat(): FlatText {
    return (this.flatOnce ??= flatText(this.doc))
  }

  private get words() {
    if (this.wordsOnce) return this.wordsOnce
    const words = wordsOf(this.flat.text)
    return (this.wordsOnce = { words, places: placesOf(words) })
  }

  /** The place where a quote stands with all its surroundings unchanged, if there is just one; else null. */
  findUnchanged({ quote, prefix, suffix }: Quote): Range | null {
    const sought = prefix + quote + suffix
    if (!quote.trim() || sought.length < sureLength) return null
    const { flat } = this
    const [at, another] = this.occurrences(sought)
    if (at === undefined || another !== undefined) return null
    return toRange(flat, at + prefix.length, at + prefix.length + quote.length)
  }

  /** Where a passage stands: only the places of its rarest word are looked at. */
  private occurrences(sought: string): readonly number[] {
    // Its first and last word may be cut.
    const inner = wordsOf(sought).slice(1, -1)
    const { words, places } = this.words
    const { text } = this.flat
    let rarest: { word: Word; at: readonly number[] } | null = null
    for (const word of inner) {
      const at = places.get(word.word) ?? []
      if (!rarest || at.length < rarest.at.length) rarest = { word, at }
    }
    if (rarest) return rarest.at.map((index) => words[index]!.from - rarest.word.from).filter((at) => at >= 0 && text.startsWith(sought, at))
    const first = text.indexOf(sought)
    return first < 0 ? [] : [first, ...(text.includes(sought, first + 1) ? [text.indexOf(sought, first + 1)] : [])]
  }

  /** The very words where their surroundings or their length leave no doubt, else words that are mostly the same; or null. */
  find(anchor: Quote): Range | null {
    if (!anchor.quote.trim()) return null
    const { flat } = this
    return findExactly(flat, anchor) ?? findAlike({ flat, ...this.words }, anchor)
  }
}
