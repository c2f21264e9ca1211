import type { Node } from 'prosemirror-model'
import { leastLikeness, matchNodes } from './align.js'
import { schema } from './schema.js'
import { likeness, wordChanges } from './words.js'

/** Where a paragraph stands and what it is. */
export interface BlockInfo {
  readonly type: 'paragraph' | 'heading' | 'code_block' | 'horizontal_rule'
  /** Of headings, 1 to 3. */
  readonly level?: number
  /** How many quotations it stands in. */
  readonly quotes: number
  /** How many lists it stands in, and what is written before it where it begins an item: a number or a bullet. */
  readonly lists: number
  readonly marker?: string
}

export interface CompareSegment {
  readonly kind: 'same' | 'added' | 'removed'
  /** Words; a hard break is a line break. */
  readonly text: string
  readonly marks: readonly ('link' | 'em' | 'strong' | 'strike' | 'code')[]
}

/** One paragraph of a comparison, as it is (`fresh`), as it was (`old`), or both. */
export interface CompareBlock {
  /** `changed`: words or marks differ, or it has become something else (then `old` and `fresh` differ). */
  readonly kind: 'same' | 'changed' | 'added' | 'removed'
  readonly old: BlockInfo | null
  readonly fresh: BlockInfo | null
  /** Positions before the paragraph in each text. */
  readonly oldAt: number | null
  readonly freshAt: number | null
  readonly segments: readonly CompareSegment[]
}

interface Leaf { readonly node: Node; readonly at: number; readonly info: BlockInfo }

function leavesOf(doc: Node): Leaf[] {
  const leaves: Leaf[] = []
  const visit = (parent: Node, start: number, quotes: number, lists: number, marker: string | undefined) => {
    parent.forEach((node, offset, index) => {
      const at = start + offset
      const own = index === 0 ? marker : undefined
      if (node.isTextblock || node.isLeaf) {
        const level = node.type === schema.nodes.heading ? { level: node.attrs.level as number } : {}
        leaves.push({ node, at, info: { type: node.type.name as BlockInfo['type'], ...level, quotes, lists, ...(own ? { marker: own } : {}) } })
      } else if (node.type === schema.nodes.list_item) {
        visit(node, at + 1, quotes, lists, parent.type === schema.nodes.ordered_list ? `${(parent.attrs.order as number) + index}.` : '•')
      } else {
        visit(node, at + 1, quotes + (node.type === schema.nodes.blockquote ? 1 : 0), lists + (node.type === schema.nodes.blockquote ? 0 : 1), own)
      }
    })
  }
  visit(doc, 0, 0, 0, undefined)
  return leaves
}

function addSegments(out: CompareSegment[], kind: CompareSegment['kind'], block: Node, from: number, to: number): void {
  block.content.cut(from, to).forEach((node) => {
    const text = node.isText ? node.text! : '\n'
    out.push({ kind, text, marks: node.marks.map((mark) => mark.type.name as CompareSegment['marks'][number]) })
  })
}

function compareWords(old: Node, fresh: Node): CompareSegment[] {
  const segments: CompareSegment[] = []
  let at = 0
  for (const change of wordChanges(old, fresh, true, false)) {
    addSegments(segments, 'same', old, at, change.from)
    addSegments(segments, 'removed', old, change.from, change.to)
    addSegments(segments, 'added', fresh, change.newFrom, change.newTo)
    at = change.to
  }
  addSegments(segments, 'same', old, at, old.content.size)
  return segments
}

function oneSided(kind: 'added' | 'removed' | 'same', leaf: Leaf, other: Leaf | null): CompareBlock {
  const segments: CompareSegment[] = []
  addSegments(segments, kind, leaf.node, 0, leaf.node.content.size)
  const [old, fresh] = kind === 'removed' ? [leaf, null] : kind === 'added' ? [null, leaf] : [other, leaf]
  return { kind, old: old?.info ?? null, fresh: fresh?.info ?? null, oldAt: old?.at ?? null, freshAt: fresh?.at ?? null, segments }
}

function isSameInfo(old: BlockInfo, fresh: BlockInfo): boolean {
  return old.type === fresh.type && old.level === fresh.level && old.quotes === fresh.quotes && old.lists === fresh.lists && old.marker === fresh.marker
}

/**
 * Two texts side by side, paragraph by paragraph and word by word, in reading order. Without the added parts it is `old`,
 * without the removed ones `fresh`. A paragraph that was moved is removed at one place and added at the other.
 */
export function compareTexts(old: Node, fresh: Node): CompareBlock[] {
  const [oldLeaves, newLeaves] = [leavesOf(old), leavesOf(fresh)]
  const matches = matchNodes(oldLeaves.map((leaf) => leaf.node), newLeaves.map((leaf) => leaf.node), { compareMarks: true, anyKind: true })
  return matches.flatMap((match): CompareBlock[] => {
    const before = match.old === null ? null : oldLeaves[match.old]!
    const after = match.fresh === null ? null : newLeaves[match.fresh]!
    if (!before) return [oneSided('added', after!, null)]
    if (!after) return [oneSided('removed', before, null)]
    if (match.same && isSameInfo(before.info, after.info)) return [oneSided('same', after, before)]
    const isOneParagraph = match.same || (before.node.isTextblock && after.node.isTextblock && likeness(before.node, after.node) >= leastLikeness)
    if (!isOneParagraph) return [oneSided('removed', before, null), oneSided('added', after, null)]
    return [{ kind: 'changed', old: before.info, fresh: after.info, oldAt: before.at, freshAt: after.at, segments: compareWords(before.node, after.node) }]
  })
}

/** How many words a comparison adds and takes away. */
export function countChanges(blocks: readonly CompareBlock[]): { added: number; removed: number } {
  const count = { added: 0, removed: 0 }
  for (const block of blocks) {
    for (const segment of block.segments) {
      if (segment.kind !== 'same') count[segment.kind] += segment.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
    }
  }
  return count
}
