/** Where the words of a query stand in a name, or null where one is missing. Words match anywhere, in any order. */
export function match(name: string, query: string): readonly { readonly from: number; readonly to: number }[] | null {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const low = name.toLocaleLowerCase()
  const found: { from: number; to: number }[] = []
  for (const word of words) {
    const from = low.indexOf(word)
    if (from === -1) return null
    found.push({ from, to: from + word.length })
  }
  return found.sort((a, b) => a.from - b.from)
}

/** A higher number is a better match: at the beginning, then at the beginning of a word, then anywhere. */
export function rank(name: string, query: string): number {
  const found = match(name, query)
  if (found === null) return -1
  const [first] = found
  if (!first) return 0
  if (first.from === 0) return 3
  return /\s/.test(name[first.from - 1] ?? '') ? 2 : 1
}

/** As `rank`, for a command that has other names as well; what only those match comes after all that match by name. */
export function rankAlso(name: string, also: string | null, query: string): number {
  const own = rank(name, query)
  return own >= 0 || also === null || rank(`${name} ${also}`, query) < 0 ? own : 0.5
}

/** Parts of a name, matched and not, without overlaps. */
export function parts(name: string, query: string): readonly { readonly text: string; readonly isMatch: boolean }[] {
  const result: { text: string; isMatch: boolean }[] = []
  let at = 0
  for (const { from, to } of match(name, query) ?? []) {
    if (to <= at) continue
    const start = Math.max(at, from)
    if (start > at) result.push({ text: name.slice(at, start), isMatch: false })
    result.push({ text: name.slice(start, to), isMatch: true })
    at = to
  }
  if (at < name.length) result.push({ text: name.slice(at), isMatch: false })
  return result
}
