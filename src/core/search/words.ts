/** Writing that has no spaces between words: each character is indexed by itself and searched as a phrase. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const unspacedAll = new RegExp(`(${unspaced.source}\\p{M}*)`, 'gu')

/** What the index takes for a word: letters, digits and their marks. */
const wordPattern = /[\p{L}\p{N}\p{Co}\p{M}]+/gu

/** Most words of one query that count. */
const mostWords = 20

/** Text in the form in which it is indexed. */
export const forIndex = (text: string): string => (unspaced.test(text) ? text.replace(unspacedAll, ' $1 ') : text)

/** One thing to find: words that follow each other. `open`: the last of them may be the beginning of a longer word. */
export interface Phrase { readonly words: readonly string[]; readonly open: boolean }

/** Reads what a person typed. Nothing in it is syntax but double quotation marks. */
export function readQuery(query: string): Phrase[] {
  const phrases: Phrase[] = []
  const parts = query.normalize('NFC').split(/["“”„]/)
  parts.forEach((part, index) => {
    const quoted = index % 2 === 1 && index < parts.length - 1
    const runs = part.match(wordPattern) ?? []
    const last = index === parts.length - 1
    if (quoted) {
      const words = runs.flatMap((run) => forIndex(run).trim().split(/\s+/))
      if (words.length > 0) phrases.push({ words, open: false })
      return
    }
    runs.forEach((run, at) => {
      const words = forIndex(run).trim().split(/\s+/)
      const open = last && at === runs.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(part) && [...words.at(-1)!].length > 1
      phrases.push({ words, open })
    })
  })
  return phrases.slice(0, mostWords)
}

const quote = (word: string): string => `"${word.replaceAll('"', '""')}"`

/** The query in the language of FTS5, limited to a scope. */
export function matchExpression(phrases: readonly Phrase[], scope: string): string {
  const all = phrases.map(({ words, open }) => `${words.map(quote).join(' + ')}${open ? '*' : ''}`).join(' AND ')
  return `{scope} : ${quote(scope)} AND ({title body} : (${all}))`
}

const escape = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** Finds the phrases' words in text that was decomposed (NFD): marks on letters are passed over, as in the index. */
export function patternOf(phrases: readonly Phrase[]): RegExp {
  const loose = (word: string): string => [...word.normalize('NFD').replace(/\p{M}/gu, '')].map((character) => `${escape(character)}\\p{M}*`).join('')
  const one = ({ words, open }: Phrase): string => {
    const body = words.map(loose).join('[^\\p{L}\\p{N}]*')
    const bounded = !unspaced.test(words.join(''))
    return bounded ? `(?<![\\p{L}\\p{N}])${body}${open ? '[\\p{L}\\p{N}\\p{M}]*' : '(?![\\p{L}\\p{N}])'}` : body
  }
  return new RegExp(phrases.map(one).join('|'), 'giu')
}
