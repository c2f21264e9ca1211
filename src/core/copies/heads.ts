import { StudioError, type HeadsView, type MergeSegmentView } from '../../contract/index.js'
import { mergeTexts, type DocumentNode, type MergeResult } from '../../document/index.js'
import type { ItemRow, ProjectReader } from '../project/index.js'
import { readVersion } from '../writing/index.js'
import { ancestorText } from './ancestors.js'

/** Three-way merge of two heads of a text, the first ones unless others are named. Errors: `bad-input` where they are no two heads of a text. */
export function mergeHeads(project: ProjectReader, item: ItemRow, between?: readonly [string, string]): { a: string; b: string; ancestors: string[]; merged: MergeResult } {
  const [a, b] = between ?? item.heads
  if (!a || !b || a === b || ![a, b].every((one) => item.heads.includes(one)) || item.kind !== 'text') throw new StudioError('bad-input', { detail: 'the item has no two heads of a text' })
  const ancestors = [...project.commonAncestors(a, b)]
  return { a, b, ancestors, merged: mergeTexts(ancestorText(project, ancestors), readVersion(project, a), readVersion(project, b)) }
}

/** The runs of one textblock of the merged text. A run that only took words away stands where they were. */
function runsOf(block: DocumentNode, start: number, merged: MergeResult): MergeSegmentView[] {
  const end = start + block.content.size
  const text = (from: number, to: number) => merged.doc.textBetween(from, to, '\n', '\n')
  const runs: MergeSegmentView[] = []
  let at = start
  for (const segment of merged.segments) {
    if (segment.kind === 'both' || segment.to < start || segment.from > end) continue
    const from = Math.max(segment.from, start)
    const to = Math.min(segment.to, end)
    if (from > at) runs.push({ kind: 'same', text: text(at, from) })
    if (segment.kind === 'conflict') {
      const { index, ancestor, a, b } = merged.conflicts[segment.conflict!]!
      // A conflict over several paragraphs is shown once, where it begins.
      if (segment.from >= start - 1) runs.push({ kind: 'conflict', index, ancestor, a, b })
    } else if (from < to || segment.from >= start) runs.push({ kind: 'one', from: segment.kind, added: text(from, to), removed: segment.from >= start - 1 ? segment.removed : '' })
    at = Math.max(at, to)
  }
  if (at < end) runs.push({ kind: 'same', text: text(at, end) })
  return runs
}

/** Two heads side by side with their ancestor, paragraph by paragraph. */
export function readHeads(project: ProjectReader, item: ItemRow): HeadsView {
  const { a, b, ancestors, merged } = mergeHeads(project, item)
  const paragraphs: MergeSegmentView[][] = []
  merged.doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    paragraphs.push(runsOf(node, position + 1, merged))
    return false
  })
  const headOf = (id: string) => {
    const row = project.version(id)!
    return { version: id, ordinal: row.ordinal, person: project.personName(row.fact.by) }
  }
  return { heads: item.heads.length, a: headOf(a), b: headOf(b), ancestor: ancestors[0] ?? null, paragraphs, conflicts: merged.conflicts.length, merged: merged.doc.toJSON() }
}
