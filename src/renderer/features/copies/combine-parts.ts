import type { HeadsView, MergeSegmentView } from '../../../contract/index.js'

export type SidePick = 'a' | 'b' | 'both'
export type Conflict = Extract<MergeSegmentView, { kind: 'conflict' }>

/** A paragraph of the merged text, cut at its conflicts: what flows, and what a person has to pick. */
export type CombinePart =
  | { readonly kind: 'words'; readonly segments: readonly Exclude<MergeSegmentView, Conflict>[]; readonly continues: boolean }
  | { readonly kind: 'conflict'; readonly conflict: Conflict }

/** What is shown of two heads, in reading order. */
export function partsOf(heads: HeadsView): readonly CombinePart[] {
  return heads.paragraphs.flatMap((paragraph) => {
    const parts: CombinePart[] = []
    let words: Exclude<MergeSegmentView, Conflict>[] = []
    let continues = false
    const close = (): void => {
      // Blanks between two conflicts are no paragraph of their own.
      if (words.some((segment) => segment.kind === 'one' || segment.text.trim() !== '')) parts.push({ kind: 'words', segments: words, continues })
      words = []
    }
    for (const segment of paragraph) {
      if (segment.kind !== 'conflict') {
        words.push(segment)
        continue
      }
      close()
      parts.push({ kind: 'conflict', conflict: segment })
      continues = true
    }
    close()
    return parts
  })
}

export function conflictsOf(heads: HeadsView): readonly Conflict[] {
  return heads.paragraphs.flat().filter((segment): segment is Conflict => segment.kind === 'conflict').sort((a, b) => a.index - b.index)
}

/** Words that only one side changed, by side. */
export function takenOf(heads: HeadsView): Readonly<Record<'a' | 'b', readonly string[]>> {
  const taken = { a: [] as string[], b: [] as string[] }
  for (const segment of heads.paragraphs.flat()) if (segment.kind === 'one') taken[segment.from].push((segment.added || segment.removed).trim())
  return taken
}

/** Picks in the order of the conflicts, or null while one is open. */
export function completePicks(count: number, picks: ReadonlyMap<number, SidePick>): SidePick[] | null {
  const all = Array.from({ length: count }, (_, index) => picks.get(index) ?? null)
  return all.includes(null) ? null : (all as SidePick[])
}
