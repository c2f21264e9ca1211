import { Fragment, Slice, type Node } from 'prosemirror-model'
import { Transform } from 'prosemirror-transform'
import { StudioError, type Piece } from '../contract/index.js'
import type { HashText } from './blocks.js'
import { applyChanges, changesBetween, type Change } from './changes.js'
import { fromMarkdown } from './markdown-read.js'
import { wordsBetween } from './plain.js'
import { isEmptyParagraph, schema } from './schema.js'

/** What a model suggests: new words at a place, or words in place of a range. Positions are those of the base document. */
export type ProposedChange =
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'replace'; readonly from: number; readonly to: number; readonly text: string }

function requirePosition(base: Node, position: number): number {
  if (Number.isInteger(position) && position >= 0 && position <= base.content.size) return position
  throw new StudioError('bad-input', { detail: `the text has no position ${position}` })
}

function hasMarks(node: Node): boolean {
  let found = false
  node.descendants((child) => {
    found ||= child.marks.length > 0
    return !found
  })
  return found
}

function insertion(base: Node, at: number, text: string): Change[] {
  if (!text.trim()) return []
  const $at = base.resolve(requirePosition(base, at))
  let to = $at.depth > 0 ? $at.after(1) : $at.pos
  if ($at.depth === 0 && !isEmptyParagraph($at.nodeBefore) && isEmptyParagraph($at.nodeAfter)) to += $at.nodeAfter!.nodeSize
  const target = base.resolve(to).nodeBefore
  // An empty paragraph waits to be filled; the first piece takes its place.
  let from = isEmptyParagraph(target) ? to - target!.nodeSize : to
  const changes: Change[] = []
  fromMarkdown(text).forEach((block) => {
    changes.push({ from, to, content: Fragment.from(block) })
    from = to
  })
  return changes
}

// A person who marks a word often marks the blank beside it; models answer without blanks at the edges.
function keepEdges(content: Fragment, old: string): Fragment {
  const before = /^\s*/.exec(old)![0].replace(/\n/g, ' ')
  const after = old.trim() ? /\s*$/.exec(old)![0].replace(/\n/g, ' ') : ''
  const parts = [...content.content]
  return Fragment.fromArray([...(before ? [schema.text(before)] : []), ...parts, ...(after ? [schema.text(after)] : [])])
}

/** The text as it would be with the model's words in place of a range, and whether these words carry marks. */
function replaced(base: Node, from: number, to: number, text: string): { doc: Node; marked: boolean } {
  const [$from, $to] = [base.resolve(from), base.resolve(to)]
  const transform = new Transform(base)
  const inOneBlock = $from.sameParent($to) && $from.parent.isTextblock
  if (!text.trim()) return { doc: transform.deleteRange(from, to).doc, marked: true }
  if (inOneBlock && $from.parent.type === schema.nodes.code_block) {
    return { doc: transform.replaceWith(from, to, schema.text(text.replace(/\r\n?/g, '\n'))).doc, marked: false }
  }
  const answer = fromMarkdown(text)
  const first = answer.firstChild!
  const last = answer.lastChild!
  const isInline = (node: Node) => node.type === schema.nodes.paragraph || (node.type === schema.nodes.heading && $from.parent.type === schema.nodes.heading)
  if (inOneBlock && answer.childCount === 1 && isInline(first)) {
    // New words between others bring their own blanks; words in place of others keep the blanks of those.
    transform.replace(from, to, new Slice(keepEdges(first.content, from === to ? text.replace(/\s+$/, '') : wordsBetween(base, from, to)), 0, 0))
  } else {
    const slice = new Slice(answer.content, isInline(first) ? 1 : 0, isInline(last) ? 1 : 0)
    transform.replaceRange(from, to, slice)
  }
  return { doc: transform.doc, marked: hasMarks(answer) }
}

/**
 * Takes what a model suggests apart into pieces that are decided one by one [PROP1]. They are sorted and do not overlap;
 * several insertions at one position stand in their order. An insertion makes one piece of each block, after the top-level
 * block that holds `at`; a replacement makes one of each run of changed words. No pieces: nothing would change.
 * Errors: `bad-input` for positions outside the base.
 */
export function makePieces(base: Node, change: ProposedChange, sha256: HashText): Piece[] {
  let changes: Change[]
  if (change.kind === 'insert') {
    changes = insertion(base, change.at, change.text)
  } else {
    const [from, to] = [requirePosition(base, change.from), requirePosition(base, change.to)]
    if (from > to) throw new StudioError('bad-input', { detail: 'the range ends before it begins' })
    const { doc, marked } = replaced(base, from, to, change.text)
    changes = changesBetween(base, doc, { compareMarks: marked })
  }
  return changes.map(({ from, to, content }) => ({
    from, to, oldHash: sha256(wordsBetween(base, from, to)), slice: content.size ? (new Slice(content, 0, 0).toJSON() as Piece['slice']) : null,
  }))
}

/** The content that a piece brings. Errors: `bad-input` where it is none of this schema. */
export function pieceContent(piece: Pick<Piece, 'slice'>): Fragment {
  try {
    const slice = Slice.fromJSON(schema, piece.slice as never)
    if (slice.openStart || slice.openEnd) throw new RangeError('a piece brings whole nodes')
    slice.content.forEach((node) => node.check())
    return slice.content
  } catch (error) {
    throw new StudioError('bad-input', { detail: `a piece of the proposal cannot be read: ${error instanceof Error ? error.message : String(error)}` })
  }
}

/** The base with all pieces accepted: what the model wrote. */
export function textOf(base: Node, pieces: readonly Piece[]): Node {
  return applyChanges(base, pieces.map((piece) => ({ from: piece.from, to: piece.to, content: pieceContent(piece) })))
}
