import { Fragment, Mark, Slice, type Node } from 'prosemirror-model'
import { Mapping, ReplaceStep, StepMap } from 'prosemirror-transform'
import { leastLikeness, matchChildren, type Match } from './align.js'
import { emptyDocument } from './schema.js'
import { edgeChange, likeness, wordChanges } from './words.js'

/**
 * Put `content` in place of `from`–`to`. Both ends lie in one textblock, or between children of one node, and `content` is
 * whole nodes, so that any subset of a list of changes, applied in any order, leaves a valid text.
 */
export interface Change { readonly from: number; readonly to: number; readonly content: Fragment }

export interface ChangeOptions {
  /** False: words are compared without their marks, and words that stay keep the marks they have. */
  readonly compareMarks: boolean
  /** False: only top-level blocks and their words are compared, lists and quotations as wholes. */
  readonly nested?: boolean
  /** False: changes are not joined over single unchanged words. */
  readonly joined?: boolean
}

// Words of a plain answer take on the look of the words that they replace, where that is one look.
function dress(content: Fragment, old: Fragment): Fragment {
  let marks: readonly Mark[] | null = null
  for (let index = 0; index < old.childCount; index++) {
    const own = old.child(index).marks.filter((mark) => mark.type.name !== 'link')
    if (marks && !Mark.sameSet(marks, own)) return content
    marks = own
  }
  if (!marks?.length) return content
  const dressed: Node[] = []
  content.forEach((node) => { dressed.push(node.mark(marks)) })
  return Fragment.fromArray(dressed)
}

function changesInWords(old: Node, fresh: Node, position: number, options: ChangeOptions, out: Change[]): void {
  // Two sentences that share only small words would fall into shreds that nobody can judge.
  const changes = likeness(old, fresh) < leastLikeness
    ? edgeChange(old, fresh, options.compareMarks)
    : wordChanges(old, fresh, options.compareMarks, options.joined)
  for (const change of changes) {
    let content = fresh.content.cut(change.newFrom, change.newTo)
    if (!options.compareMarks && !content.content.some((node) => node.marks.length)) content = dress(content, old.content.cut(change.from, change.to))
    out.push({ from: position + 1 + change.from, to: position + 1 + change.to, content })
  }
}

/** Whether a pair can be taken apart so that every subset of its changes is valid. Else it is changed as a whole. */
function mayDescend(old: Node, fresh: Node, matches: readonly Match[] | null): boolean {
  if (old.type !== fresh.type || !old.hasMarkup(fresh.type, fresh.attrs, fresh.marks)) return false
  if (old.isTextblock) return true
  if (!matches) return false
  // A list or quotation must keep one child whatever is decided; an item begins with a paragraph, so its children stay one to one.
  const pairs = matches.filter((match) => match.old !== null && match.fresh !== null)
  const isSameType = (pair: Match) => old.child(pair.old!).type === fresh.child(pair.fresh!).type
  if (old.type.name === 'list_item') return pairs.length === matches.length && pairs.every(isSameType)
  return pairs.length > 0
}

function changesInChildren(old: Node, fresh: Node, contentStart: number, matches: readonly Match[], options: ChangeOptions, out: Change[]): void {
  let position = contentStart
  for (const match of matches) {
    const oldChild = match.old === null ? null : old.child(match.old)
    const newChild = match.fresh === null ? null : fresh.child(match.fresh)
    const end = position + (oldChild?.nodeSize ?? 0)
    if (oldChild && newChild && !match.same) {
      const isContainer = !oldChild.isTextblock && !oldChild.isLeaf && options.nested !== false && oldChild.type === newChild.type
      const inner = isContainer ? matchChildren(oldChild, newChild, options.compareMarks) : null
      if (!mayDescend(oldChild, newChild, inner)) out.push({ from: position, to: end, content: Fragment.from(newChild) })
      else if (inner) changesInChildren(oldChild, newChild, position + 1, inner, options, out)
      else changesInWords(oldChild, newChild, position, options, out)
    } else if (!match.same) {
      out.push({ from: position, to: end, content: Fragment.from(newChild) })
    }
    position = end
  }
}

/** The changes that make `fresh` of `old`, in order, without overlaps. */
export function changesBetween(old: Node, fresh: Node, options: ChangeOptions): Change[] {
  const out: Change[] = []
  changesInChildren(old, fresh, 0, matchChildren(old, fresh, options.compareMarks), options, out)
  return out
}

// Changes of one node's content: those that begin before `end`, taken off the front of the list.
function rebuild(node: Node, start: number, changes: Change[]): Node {
  const end = start + node.content.size
  if (node.isTextblock) {
    let content = Fragment.empty
    let at = start
    while (changes.length && changes[0]!.to <= end) {
      const change = changes.shift()!
      content = content.append(node.content.cut(at - start, change.from - start)).append(change.content)
      at = change.to
    }
    return node.copy(content.append(node.content.cut(at - start)))
  }
  const children: Node[] = []
  let position = start
  let skipped = start
  const put = () => {
    while (changes[0]?.from === position) {
      const change = changes.shift()!
      children.push(...change.content.content)
      skipped = Math.max(skipped, change.to)
    }
  }
  node.forEach((child) => {
    put()
    const after = position + child.nodeSize
    if (skipped <= position) children.push(changes[0] && changes[0].from < after ? rebuild(child, position + 1, changes) : child)
    position = after
  })
  put()
  return node.copy(Fragment.fromArray(children))
}

/**
 * The text with changes applied, which must be in order and without overlaps. All at once, because between two of them
 * the text may have no block at all; where that is so at the end, it is `emptyDocument`.
 */
export function applyChanges(doc: Node, changes: readonly Change[]): Node {
  const made = rebuild(doc, 0, [...changes])
  return made.childCount ? made : emptyDocument()
}

/** The editor step of a change. */
export function stepOf(change: Change): ReplaceStep {
  return new ReplaceStep(change.from, change.to, new Slice(change.content, 0, 0))
}

/** Leads positions of one text to another where no steps are known: by comparing them [PROP1]. */
export function mapThroughDiff(base: Node, current: Node): Mapping {
  const ranges: number[] = []
  for (const change of changesBetween(base, current, { compareMarks: false, joined: false })) {
    const last = ranges.length - 3
    // A step map reads touching ranges one at a time and would lose the second.
    if (last >= 0 && ranges[last]! + ranges[last + 1]! === change.from) {
      ranges[last + 1]! += change.to - change.from
      ranges[last + 2]! += change.content.size
    } else {
      ranges.push(change.from, change.to - change.from, change.content.size)
    }
  }
  return new Mapping([new StepMap(ranges)])
}
