import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import type { MarkType, NodeType } from 'prosemirror-model'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import type { Command, EditorState } from 'prosemirror-state'

/** What the toolbar shows as pressed. */
export interface Formats {
  bold: boolean
  italic: boolean
  quotation: boolean
  list: boolean
  heading: boolean
  link: string | null
}

export const noFormats: Formats = { bold: false, italic: false, quotation: false, list: false, heading: false, link: null }

export function formatsAt(state: EditorState): Formats {
  const { nodes, marks } = state.schema
  const { $from } = state.selection
  return {
    bold: hasMark(state, marks['strong']!),
    italic: hasMark(state, marks['em']!),
    quotation: isInside(state, nodes['blockquote']!),
    list: isInside(state, nodes['bullet_list']!) || isInside(state, nodes['ordered_list']!),
    heading: $from.parent.type === nodes['heading'],
    link: linkAt(state),
  }
}

export const sameFormats = (one: Formats, other: Formats): boolean => (Object.keys(one) as (keyof Formats)[]).every((name) => one[name] === other[name])

function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type)
}

function isInside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true
  return false
}

function linkAt(state: EditorState): string | null {
  const link = state.schema.marks['link']!
  const { $from, to } = state.selection
  let mark = link.isInSet($from.marks()) ?? ($from.nodeAfter ? link.isInSet($from.nodeAfter.marks) : undefined)
  if (!mark) state.doc.nodesBetween($from.pos, to, (node) => { mark ??= link.isInSet(node.marks) })
  return (mark?.attrs['href'] as string | undefined) ?? null
}

export const toggleBold: Command = (state, dispatch) => toggleMark(state.schema.marks['strong']!)(state, dispatch)
export const toggleItalic: Command = (state, dispatch) => toggleMark(state.schema.marks['em']!)(state, dispatch)
export const toggleQuotation: Command = (state, dispatch) => {
  const type = state.schema.nodes['blockquote']!
  return isInside(state, type) ? lift(state, dispatch) : wrapIn(type)(state, dispatch)
}
export const toggleList: Command = (state, dispatch) => {
  const { bullet_list: bullets, list_item: item } = state.schema.nodes
  return formatsAt(state).list ? liftListItem(item!)(state, dispatch) : wrapInList(bullets!)(state, dispatch)
}
export const setHeading = (level: number): Command => (state, dispatch) => {
  const { heading, paragraph } = state.schema.nodes
  const { parent } = state.selection.$from
  const isSame = parent.type === heading && parent.attrs['level'] === level
  return setBlockType(level === 0 || isSame ? paragraph! : heading!, level === 0 || isSame ? null : { level })(state, dispatch)
}

/** Makes the selected words a link, or changes or removes (null) the one that the cursor is in. */
export const setLink = (href: string | null): Command => (state, dispatch) => {
  const link = state.schema.marks['link']!
  let { from, to } = state.selection
  if (state.selection.empty) {
    const range = linkRange(state)
    if (!range) return false
    ;({ from, to } = range)
  }
  const tr = state.tr.removeMark(from, to, link)
  if (href !== null) tr.addMark(from, to, link.create({ href }))
  dispatch?.(tr)
  return true
}

function linkRange(state: EditorState): { from: number; to: number } | null {
  const { $from } = state.selection
  const link = state.schema.marks['link']!
  const mark = link.isInSet($from.marks()) ?? ($from.nodeAfter ? link.isInSet($from.nodeAfter.marks) : undefined)
  if (!mark) return null
  let from = $from.pos
  let to = $from.pos
  const start = $from.start()
  $from.parent.forEach((node, offset) => {
    if (!mark.isInSet(node.marks)) return
    const [left, right] = [start + offset, start + offset + node.nodeSize]
    if (left <= to && right >= from) [from, to] = [Math.min(from, left), Math.max(to, right)]
  })
  return { from, to }
}
