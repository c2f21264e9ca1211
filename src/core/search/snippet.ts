const before = 60
const length = 220
const isolate = '\u2068'
const endIsolate = '\u2069'

/** Characters that turn or isolate directions would be taken for our marks, or make a snippet lie about its order. */
export const withoutMarks = (text: string): string => text.replace(/[\u2066-\u2069\u202a-\u202e]/g, '')

/** ASCII needs no decomposing, which is most of the cost for a long text. */
const isPlain = (text: string): boolean => !/[^\x00-\x7f]/.test(text)

/** Moves a cut to the next space, so that no word is halved, if one is near. */
function cutNear(text: string, at: number, step: 1 | -1): number {
  for (let n = 0; n < 24; n++) {
    const place = at + n * step
    if (place <= 0) return 0
    if (place >= text.length) return text.length
    if (/\s/.test(text[place]!)) return step === 1 ? place : place + 1
  }
  // Never between the halves of a surrogate pair or before a mark.
  let place = at
  while (place > 0 && place < text.length && /[\udc00-\udfff\p{M}]/u.test(text[place]!)) place--
  return place
}

/**
 * The words around the first match, each match between U+2068 and U+2069; null where the pattern (of `patternOf`) is
 * nowhere in the text.
 */
export function snippetOf(text: string, pattern: RegExp): string | null {
  const decomposed = isPlain(text) ? text : text.normalize('NFD')
  pattern.lastIndex = 0
  const first = pattern.exec(decomposed)
  if (first === null) return null
  const from = first.index <= before ? 0 : cutNear(decomposed, first.index - before, 1)
  const to = cutNear(decomposed, Math.max(from + length, first.index + first[0].length), -1)
  const start = Math.min(from, first.index)
  const end = Math.max(to, first.index + first[0].length)
  const marked = decomposed.slice(start, end).replace(pattern, (match) => (match === '' ? '' : isolate + match + endIsolate))
  return `${start > 0 ? '…' : ''}${marked.replace(/\s+/g, ' ').trim()}${end < decomposed.length ? '…' : ''}`.normalize('NFC')
}

/** How a text begins, for a hit that has no match of its own. */
export function beginningOf(text: string): string {
  if (text.length <= length) return text.replace(/\s+/g, ' ').trim()
  return `${text.slice(0, cutNear(text, length, -1)).replace(/\s+/g, ' ').trim()}…`
}
