export interface Run {
  readonly text: string
  readonly isNew: boolean
}

/** Beyond this many cells the words are shown as new altogether: a passage of that length is read, not scanned. */
const mostCells = 250_000

const cut = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? []

/** The words of `fresh`, with those marked that `old` did not have at that place. */
export function diffWords(old: string, fresh: string): readonly Run[] {
  const before = cut(old)
  const after = cut(fresh)
  if (before.length * after.length > mostCells) return fresh === '' ? [] : [{ text: fresh, isNew: true }]
  const shared = longestShared(before, after)
  const isNewAt = (index: number): boolean => index >= 0 && index < after.length && !shared.has(index)
  const runs: { text: string; isNew: boolean }[] = []
  after.forEach((word, index) => {
    // A blank between two new words belongs to them.
    const isNew = isNewAt(index) || (word.trim() === '' && isNewAt(index - 1) && isNewAt(index + 1))
    const last = runs.at(-1)
    if (last && last.isNew === isNew) last.text += word
    else runs.push({ text: word, isNew })
  })
  return runs
}

/** Which words of `after` belong to the longest sequence that both share. */
function longestShared(before: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const shared = new Set<number>()
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) {
      shared.add(j)
      i++
      j++
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return shared
}
