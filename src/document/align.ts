import { diffArrays } from 'diff'
import type { Node } from 'prosemirror-model'
import { likeness } from './words.js'

/** Indices of an old and a new child that belong together; null on one side: removed or added. Both lists are covered in order. */
export interface Match { readonly old: number | null; readonly fresh: number | null; readonly same: boolean }

/** Above this likeness two paragraphs are taken for one that was changed. */
export const leastLikeness = 0.35
/** Above this many pairs to look at, paragraphs of a changed stretch are matched by their order alone. */
const mostPairs = 10_000
const mostDifferences = 4000

/** A name for what a node says, the same for nodes that count as equal. */
export function nodeKey(node: Node, compareMarks: boolean): string {
  if (compareMarks) return JSON.stringify(node)
  if (node.isText) return node.text!
  const parts: string[] = []
  node.forEach((child) => { parts.push(nodeKey(child, false)) })
  return `${node.type.name}${JSON.stringify(node.attrs)}[${parts.join(node.isTextblock ? '' : ',')}]`
}

function hasSameMarkup(old: Node, fresh: Node, anyKind: boolean): boolean {
  return anyKind ? old.isTextblock && fresh.isTextblock : old.type === fresh.type && old.hasMarkup(fresh.type, fresh.attrs, fresh.marks)
}

// The pairs in order that have the greatest likeness together (dynamic programming over old × new).
function pairAlike(old: readonly Node[], fresh: readonly Node[], anyKind: boolean): [number, number][] {
  const rows = old.length + 1
  const columns = fresh.length + 1
  const best = new Float64Array(rows * columns)
  const likes = new Float64Array(rows * columns)
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = fresh.length - 1; column >= 0; column--) {
      const at = row * columns + column
      const like = hasSameMarkup(old[row]!, fresh[column]!, anyKind) ? likeness(old[row]!, fresh[column]!) : 0
      likes[at] = like >= leastLikeness ? like : 0
      const paired = likes[at] > 0 ? likes[at] + best[at + columns + 1]! : 0
      best[at] = Math.max(paired, best[at + 1]!, best[at + columns]!)
    }
  }
  const pairs: [number, number][] = []
  for (let row = 0, column = 0; row < old.length && column < fresh.length;) {
    const at = row * columns + column
    if (likes[at]! > 0 && best[at] === likes[at]! + best[at + columns + 1]!) pairs.push([row++, column++])
    else if (best[at] === best[at + columns]) row++
    else column++
  }
  return pairs
}

function matchStretch(old: readonly Node[], fresh: readonly Node[], oldAt: number, newAt: number, anyKind: boolean, out: Match[]): void {
  const inOrder = () => old.slice(0, fresh.length).map((_, index): [number, number] => [index, index])
  const pairs = old.length * fresh.length <= mostPairs ? pairAlike(old, fresh, anyKind) : inOrder()
  let row = 0
  let column = 0
  for (const [pairedOld, pairedNew] of [...pairs, [old.length, fresh.length] as const]) {
    // What has no partner is matched by order: one that takes another's place is read as a replacement.
    while (row < pairedOld && column < pairedNew) out.push({ old: oldAt + row++, fresh: newAt + column++, same: false })
    while (row < pairedOld) out.push({ old: oldAt + row++, fresh: null, same: false })
    while (column < pairedNew) out.push({ old: null, fresh: newAt + column++, same: false })
    if (row < old.length && column < fresh.length) out.push({ old: oldAt + row++, fresh: newAt + column++, same: false })
  }
}

/**
 * Which nodes of two lists belong together, by equality, then by likeness, then by order. `anyKind`: a paragraph may be
 * matched with a heading of like words; else only nodes of one type and with equal attributes are taken for alike.
 */
export function matchNodes(old: readonly Node[], fresh: readonly Node[], options: { compareMarks: boolean; anyKind?: boolean }): Match[] {
  const out: Match[] = []
  const anyKind = options.anyKind ?? false
  let start = 0
  const shortest = Math.min(old.length, fresh.length)
  while (start < shortest && old[start]!.eq(fresh[start]!)) start++
  let tail = 0
  while (tail < shortest - start && old[old.length - 1 - tail]!.eq(fresh[fresh.length - 1 - tail]!)) tail++
  for (let index = 0; index < start; index++) out.push({ old: index, fresh: index, same: true })

  const oldMiddle = old.slice(start, old.length - tail)
  const newMiddle = fresh.slice(start, fresh.length - tail)
  const keys = (nodes: readonly Node[]) => nodes.map((node) => nodeKey(node, options.compareMarks))
  const parts = oldMiddle.length && newMiddle.length ? diffArrays(keys(oldMiddle), keys(newMiddle), { maxEditLength: mostDifferences }) : undefined
  let row = 0
  let column = 0
  let removed = parts ? 0 : oldMiddle.length
  let added = parts ? 0 : newMiddle.length
  const flush = () => {
    matchStretch(oldMiddle.slice(row, row + removed), newMiddle.slice(column, column + added), start + row, start + column, anyKind, out)
    row += removed
    column += added
    removed = added = 0
  }
  for (const part of parts ?? []) {
    if (part.removed) removed += part.value.length
    else if (part.added) added += part.value.length
    else {
      flush()
      for (let index = 0; index < part.value.length; index++) out.push({ old: start + row++, fresh: start + column++, same: true })
    }
  }
  flush()
  for (let index = tail; index > 0; index--) out.push({ old: old.length - index, fresh: fresh.length - index, same: true })
  return out
}

/** Which children of two nodes belong together. */
export function matchChildren(old: Node, fresh: Node, compareMarks: boolean): Match[] {
  return matchNodes(old.content.content, fresh.content.content, { compareMarks })
}
