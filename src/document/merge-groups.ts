import type { Fragment, Node } from 'prosemirror-model'
import { applyChanges, type Change } from './changes.js'

/** A stretch of the ancestor that one or both sides changed, with what each side has there. */
export interface Group {
  readonly kind: 'a' | 'b' | 'both' | 'conflict'
  readonly from: number
  readonly to: number
  readonly ancestor: Fragment
  /** What comes in where there is no conflict; else what side a has. */
  readonly a: Fragment
  readonly b: Fragment
}

interface Sided extends Change { readonly side: 'a' | 'b' }

function isInline(ancestor: Node, change: Change): boolean {
  return ancestor.resolve(change.from).parent.isTextblock
}

// Words that touch are one stretch: nothing unchanged lies between. Paragraphs that touch are apart, but new ones at one place meet.
function meets(group: { from: number; to: number; inline: boolean }, change: Change, inline: boolean): boolean {
  if (group.inline && inline) return change.from <= group.to && change.to >= group.from
  if (change.from === change.to && group.from === group.to) return change.from === group.from
  return change.from < group.to && change.to > group.from
}

function isSame(left: readonly Change[], right: readonly Change[]): boolean {
  return left.length === right.length && left.every((change, index) => {
    const other = right[index]!
    return change.from === other.from && change.to === other.to && change.content.eq(other.content)
  })
}

/** What a stretch of the ancestor becomes by some of one side's changes. */
function sideContent(ancestor: Node, from: number, to: number, changes: readonly Change[]): Fragment {
  if (changes.length === 1 && changes[0]!.from === from && changes[0]!.to === to) return changes[0]!.content
  const longer = changes.reduce((sum, change) => sum + change.content.size - (change.to - change.from), 0)
  return applyChanges(ancestor, changes).slice(from, to + longer).content
}

function close(ancestor: Node, members: readonly Sided[], from: number, to: number): Group[] {
  const a = members.filter((member) => member.side === 'a')
  const b = members.filter((member) => member.side === 'b')
  const alone = (change: Change, kind: 'a' | 'b' | 'both'): Group =>
    ({ kind, from: change.from, to: change.to, ancestor: ancestor.slice(change.from, change.to).content, a: change.content, b: change.content })
  if (!a.length || !b.length) return members.map((member) => alone(member, member.side))
  if (isSame(a, b)) return a.map((change) => alone(change, 'both'))
  if (from === to && !isInline(ancestor, members[0]!)) {
    // New paragraphs at one place: all come in, those that are alike once.
    const isIn = (list: readonly Change[], change: Change) => list.some((other) => other.content.eq(change.content))
    return [
      ...a.map((change) => alone(change, isIn(b, change) ? 'both' : 'a')),
      ...b.filter((change) => !isIn(a, change)).map((change) => alone(change, 'b')),
    ]
  }
  return [{
    kind: 'conflict', from, to, ancestor: ancestor.slice(from, to).content,
    a: sideContent(ancestor, from, to, a), b: sideContent(ancestor, from, to, b),
  }]
}

/** The changes of both sides in the order of the ancestor, those that meet put together. */
export function groupChanges(ancestor: Node, a: readonly Change[], b: readonly Change[]): Group[] {
  const changes: Sided[] = [...a.map((change): Sided => ({ ...change, side: 'a' })), ...b.map((change): Sided => ({ ...change, side: 'b' }))]
  // Stable: of changes at one place those of a come first, each side's in its own order; insertions before what follows them.
  changes.sort((left, right) => left.from - right.from || left.to - right.to)
  const stretches: Stretch[] = []
  for (const change of changes) {
    const inline = isInline(ancestor, change)
    const open = stretches.at(-1)
    if (open && meets(open, change, inline)) {
      // A block covers the words in it, so the stretch is as large as the largest of its changes.
      stretches[stretches.length - 1] = joined(open, { members: [change], from: change.from, to: change.to, inline })
    } else stretches.push({ members: [change], from: change.from, to: change.to, inline })
  }
  return joinShreds(ancestor, stretches).flatMap(({ members, from, to }) => close(ancestor, members, from, to))
}

interface Stretch { readonly members: readonly Sided[]; readonly from: number; readonly to: number; readonly inline: boolean }

function joined(one: Stretch, other: Stretch): Stretch {
  return { members: [...one.members, ...other.members], from: Math.min(one.from, other.from), to: Math.max(one.to, other.to), inline: one.inline && other.inline }
}

function isConflict({ members }: Stretch): boolean {
  const a = members.filter((member) => member.side === 'a')
  const b = members.filter((member) => member.side === 'b')
  return a.length > 0 && b.length > 0 && !isSame(a, b)
}

function isOnlyBlank(ancestor: Node, from: number, to: number): boolean {
  return ancestor.resolve(from).sameParent(ancestor.resolve(to)) && ancestor.textBetween(from, to, '\n', '\ufffc').trim() === ''
}

/** Words beside a conflict, with blanks between them and it, belong to it: a phrase is picked as one, not word by word. */
function joinShreds(ancestor: Node, stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = []
  for (const stretch of stretches) {
    let next = stretch
    // What has become a conflict may reach further back.
    for (let before = result.at(-1); before; before = result.at(-1)) {
      if (!before.inline || !next.inline || !(isConflict(before) || isConflict(next)) || !isOnlyBlank(ancestor, before.to, next.from)) break
      next = joined(before, next)
      result.pop()
    }
    result.push(next)
  }
  return result
}
