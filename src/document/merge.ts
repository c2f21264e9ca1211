import { Fragment, type Node } from 'prosemirror-model'
import { StudioError } from '../contract/index.js'
import { applyChanges, changesBetween, type Change } from './changes.js'
import { groupChanges, type Group } from './merge-groups.js'
import { schema } from './schema.js'
import type { Range } from './steps.js'

export type Pick = 'a' | 'b' | 'both' | 'ancestor'

/** Words that both sides changed, each in its way; `index` counts from 0. Plain words, for showing. */
export interface MergeConflict { readonly index: number; readonly ancestor: string; readonly a: string; readonly b: string }

/** A stretch of the merged text that is not the ancestor's. `removed`: the ancestor's words that it replaces. */
export interface MergeSegment extends Range {
  readonly kind: 'a' | 'b' | 'both' | 'conflict'
  readonly conflict: number | null
  readonly removed: string
  /** Of a conflict: where the words of each side stand, as long as both are kept. */
  readonly sides?: { readonly a: Range; readonly b: Range }
}

export interface MergeResult {
  /** The merged text; where both sides changed the same words, those of `a` and then those of `b`. */
  readonly doc: Node
  readonly conflicts: readonly MergeConflict[]
  readonly segments: readonly MergeSegment[]
  /** What `resolveMerge` works from. */
  readonly ancestor: Node
  readonly groups: readonly Group[]
}

function words(content: Fragment): string {
  return content.textBetween(0, content.size, '\n', (leaf) => (leaf.type === schema.nodes.hard_break ? '\n' : ''))
}

function both(a: Fragment, b: Fragment): Fragment {
  if (!a.size || !b.size || a.firstChild!.isBlock) return a.append(b)
  const isApart = /\s$/.test(words(a)) || /^\s/.test(words(b))
  return Fragment.fromArray([...a.content, ...(isApart ? [] : [schema.text(' ', a.lastChild!.marks)]), ...b.content])
}

function contentOf(group: Group, pick: Pick): Fragment {
  return pick === 'both' ? both(group.a, group.b) : group[pick]
}

function changesOf(groups: readonly Group[], picks: (index: number) => Pick): Change[] {
  let index = 0
  return groups.map((group) => ({ from: group.from, to: group.to, content: group.kind === 'conflict' ? contentOf(group, picks(index++)) : group.a }))
}

/** Applies what was chosen; null where together it would leave a list or quotation without content. */
function build(ancestor: Node, changes: readonly Change[]): Node | null {
  try {
    const doc = applyChanges(ancestor, changes)
    doc.check()
    return doc
  } catch {
    return null
  }
}

// The pick that leaves the least: if that is a valid text, every mixture of picks is.
function leastOf(groups: readonly Group[]): (index: number) => Pick {
  const conflicts = groups.filter((group) => group.kind === 'conflict')
  return (index) => (conflicts[index]!.a.size === 0 ? 'a' : conflicts[index]!.b.size === 0 ? 'b' : 'a')
}

function segmentsOf(groups: readonly Group[]): MergeSegment[] {
  let shift = 0
  let conflicts = 0
  return groups.map((group): MergeSegment => {
    const isConflict = group.kind === 'conflict'
    const content = isConflict ? contentOf(group, 'both') : group.a
    const from = group.from + shift
    const to = from + content.size
    shift += content.size - (group.to - group.from)
    const segment = { kind: group.kind, from, to, conflict: isConflict ? conflicts++ : null, removed: words(group.ancestor) }
    return isConflict ? { ...segment, sides: { a: { from, to: from + group.a.size }, b: { from: to - group.b.size, to } } } : segment
  })
}

/**
 * Merges two texts that grew from one, by paragraph and then by word. What only one side changed is taken; what both changed
 * alike is taken once; where both changed the same words, both stay until somebody picks (`resolveMerge`). Paragraphs that
 * both put in at one place all come in, those of `a` first.
 */
export function mergeTexts(ancestor: Node, a: Node, b: Node): MergeResult {
  // Inside lists the two sides may each take away what the other left; then lists are merged as wholes.
  for (const nested of [true, false]) {
    const options = { compareMarks: true, nested, joined: false }
    const groups = groupChanges(ancestor, changesBetween(ancestor, a, options), changesBetween(ancestor, b, options))
    const doc = build(ancestor, changesOf(groups, () => 'both'))
    if (!doc || !build(ancestor, changesOf(groups, leastOf(groups)))) continue
    const conflicts = groups.filter((group) => group.kind === 'conflict')
    return {
      doc, ancestor, groups, segments: segmentsOf(groups),
      conflicts: conflicts.map((group, index) => ({ index, ancestor: words(group.ancestor), a: words(group.a), b: words(group.b) })),
    }
  }
  throw new StudioError('internal', { detail: 'two texts could not be merged' })
}

/**
 * The merged text with a person's picks, by the index of the conflict; a conflict without a pick keeps both sides.
 * Errors: `bad-input` for an index that no conflict has.
 */
export function resolveMerge(result: MergeResult, picks: ReadonlyMap<number, Pick> | readonly Pick[]): Node {
  const entries = [...picks.entries()]
  for (const [index] of entries) {
    if (!result.conflicts[index]) throw new StudioError('bad-input', { detail: `the merge has no conflict ${index}` })
  }
  const chosen = new Map(entries)
  const doc = build(result.ancestor, changesOf(result.groups, (index) => chosen.get(index) ?? 'both'))
  if (!doc) throw new StudioError('internal', { detail: 'the picks do not make a text' })
  return doc
}
