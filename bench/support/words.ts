/** Words that are the same in every run: a small generator with a seed, frequencies falling as in a language. */
export function wordSource(seed: number, vocabulary = 20_000): { word(): string; sentence(words: number): string; random(): number } {
  let state = seed >>> 0 || 1
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const word = (): string => nameOf(Math.floor(vocabulary ** random()) - 1)
  const sentence = (words: number): string => {
    const text = Array.from({ length: words }, word).join(' ')
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`
  }
  return { word, sentence, random }
}

const syllables = ['ka', 'lo', 'mi', 'ren', 'so', 'tu', 'var', 'es', 'nim', 'pol', 'dra', 'fe', 'gul', 'ho', 'ji', 'wen']

/** The word of a rank: rank 0 is the most frequent one. */
export function nameOf(rank: number): string {
  let name = ''
  for (let rest = rank + 16; rest > 0; rest = Math.floor(rest / 16)) name += syllables[rest % 16]
  return name
}
