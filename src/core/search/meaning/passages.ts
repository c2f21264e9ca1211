import { createHash } from 'node:crypto'

/** What is read at once. Positions count code points of the body, as SQLite does; a title is at `ofTitle`. */
export interface Passage { readonly text: string; readonly start: number; readonly length: number }

/** The place of a passage that is the item's title and not part of the body. */
export const ofTitle = -1

/** In characters. A vector says one thing well: a passage is about a paragraph, and a lonely heading or line of speech goes with what follows. */
const short = 80
const goal = 360
const longest = 480
/** More of one text is not read: twice the length that one text is meant for. */
const mostPassages = 2000

const paragraph = /[^\n]+(?:\n(?!\s*\n)[^\n]+)*/g
const sentence = /[^.!?…。！？\n]*(?:[.!?…。！？]+["'”’»)\]]*|\n|$)\s*/g

interface Range { readonly from: number; readonly to: number }

function rangesOf(pattern: RegExp, text: string, offset: number): Range[] {
  return [...text.matchAll(pattern)].filter(([found]) => found !== '').map(({ index, 0: found }) => ({ from: offset + index, to: offset + index + found.length }))
}

/** Joins what stands beside each other until it has a good length. `enough`: from there on nothing is added. */
function join(ranges: Iterable<Range>, enough: number): Range[] {
  const joined: Range[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last !== undefined && last.to - last.from < enough && range.to - last.from <= longest) joined[joined.length - 1] = { from: last.from, to: range.to }
    else joined.push(range)
  }
  return joined
}

/** Cuts at spaces, for what has no ends of sentences. */
function* cut(text: string, { from, to }: Range): Generator<Range> {
  while (to - from > longest) {
    const space = text.lastIndexOf(' ', from + longest)
    let at = space > from + goal / 2 ? space : from + longest
    // Never between the halves of a surrogate pair.
    if (/[\udc00-\udfff]/.test(text[at]!)) at--
    yield { from, to: at }
    from = at
  }
  yield { from, to }
}

function splitParagraph(text: string, range: Range): Range[] {
  if (range.to - range.from <= longest) return [range]
  const sentences = rangesOf(sentence, text.slice(range.from, range.to), range.from)
  return join(sentences.flatMap((one) => [...cut(text, one)]), goal)
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Cuts a body into passages. The same paragraph gives the same passage wherever it stands, as far as its neighbours are not short. */
export function passagesOf(body: string): Passage[] {
  const ranges = join(rangesOf(paragraph, body, 0), short).flatMap((range) => splitParagraph(body, range))
  const passages: Passage[] = []
  let [units, points] = [0, 0]
  const pointOf = (at: number): number => {
    const between = body.slice(units, at)
    points += between.length - (between.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
    units = at
    return points
  }
  for (const { from, to } of ranges.slice(0, mostPassages)) {
    const text = words(body.slice(from, to))
    const start = pointOf(from)
    if (/[\p{L}\p{N}]/u.test(text)) passages.push({ text, start, length: pointOf(to) - start })
  }
  return passages
}

/** All that is read of a document: the title where it stands for the item, and the body. */
export function passagesOfDocument({ place, title, body }: { place: string; title: string; body: string }): Passage[] {
  const name = words(title)
  const isNamed = (place === 'text' || place === 'title') && /[\p{L}\p{N}]/u.test(name)
  return [...(isNamed ? [{ text: name, start: ofTitle, length: 0 }] : []), ...passagesOf(body)]
}

/** Passages with the same words share one vector, in whichever text or project they stand. */
export const hashOfPassage = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest().subarray(0, 16)
