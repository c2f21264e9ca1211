import { Fragment, Slice, type Node, type ResolvedPos } from 'prosemirror-model'
import { ReplaceStep, Transform } from 'prosemirror-transform'
import type { Piece } from '../contract/index.js'
import { pieceContent } from './pieces.js'
import { schema } from './schema.js'
import type { Range } from './steps.js'

/** Whether content is whole blocks, not words. */
export function isBlockContent(content: Fragment): boolean {
  return content.childCount > 0 && content.firstChild!.isBlock
}

/** Whether a range covers whole children of one node, as the range of a piece that replaces or removes blocks does. */
export function coversWholeBlocks(doc: Node, range: Range): boolean {
  const [$from, $to] = [doc.resolve(range.from), doc.resolve(range.to)]
  return $from.sameParent($to) && !$from.parent.inlineContent
}

function replaceExactly(transform: Transform, from: number, to: number, content: Fragment): boolean {
  const [$from, $to] = [transform.doc.resolve(from), transform.doc.resolve(to)]
  if (!$from.sameParent($to) || $from.textOffset && !$from.parent.isTextblock) return false
  if (!$from.parent.isTextblock && !$from.parent.canReplace($from.index(), $to.index(), content)) return false
  const step = new ReplaceStep(from, to, new Slice(content, 0, 0))
  // Words are joined with their neighbours where marks are alike, so only trying tells whether they fit.
  return !transform.maybeStep(step).failed
}

/** The nearest place at or after a position where these blocks may stand; the end of the text at the latest. */
function placeForBlocks($position: ResolvedPos, content: Fragment): number {
  for (let depth = $position.depth; depth >= 0; depth--) {
    const isInside = depth === $position.depth
    const index = isInside ? $position.index() : $position.indexAfter(depth)
    if (isInside && $position.parent.inlineContent) continue
    if ($position.node(depth).canReplace(index, index, content)) return isInside ? $position.pos : $position.after(depth + 1)
  }
  return $position.doc.content.size
}

// A list item outside of its list becomes a list of its own; anything that still does not fit comes as paragraphs.
function wrapped(content: Fragment): Fragment {
  if (content.firstChild!.type === schema.nodes.list_item) return Fragment.from(schema.node('bullet_list', null, content))
  if (schema.topNodeType.contentMatch.matchFragment(content)) return content
  const paragraphs: Node[] = []
  content.descendants((node) => { if (node.isTextblock) paragraphs.push(schema.node('paragraph', null, schema.text(node.textContent || ' '))) })
  return Fragment.from(paragraphs)
}

function removeBlocks(transform: Transform, range: Range): Range | null {
  let $from = transform.doc.resolve(range.from)
  let [from, to] = [range.from, range.to]
  // What would be left empty goes with it: a list without items is no list.
  while ($from.depth > 0 && !$from.node().canReplace($from.index(), transform.doc.resolve(to).index())) {
    const depth = $from.depth
    const $to = transform.doc.resolve(to)
    if ($from.index() > 0 || $to.index() < $to.parent.childCount) break
    ;[from, to] = [$from.before(depth), $from.after(depth)]
    $from = transform.doc.resolve(from)
  }
  if ($from.depth === 0 && to - from === transform.doc.content.size) {
    transform.replaceWith(from, to, schema.node('paragraph'))
    return { from, to: from + 2 }
  }
  if (!replaceExactly(transform, from, to, Fragment.empty)) transform.deleteRange(from, to)
  return null
}

/**
 * Puts a piece's content in place of a range, so that the text is valid whatever happened around it. Answers with the
 * empty paragraph that had to stay where a whole text was removed.
 */
export function putContent(transform: Transform, range: Range, content: Fragment): Range | null {
  if (!content.size && coversWholeBlocks(transform.doc, range) && range.from < range.to) return removeBlocks(transform, range)
  if (replaceExactly(transform, range.from, range.to, content)) return null
  if (!isBlockContent(content)) {
    transform.replace(range.from, range.to, new Slice(content, 0, 0))
    return null
  }
  const to = transform.doc.resolve(range.to)
  const place = placeForBlocks(to, content)
  const fits = transform.doc.resolve(place).parent.canReplace(transform.doc.resolve(place).index(), transform.doc.resolve(place).index(), content)
  transform.insert(place, fits ? content : wrapped(content))
  if (range.from < range.to) transform.deleteRange(range.from, range.to)
  return null
}

/**
 * The editor steps (ProseMirror JSON) that put a piece into a text, at the range where it lies now. Whoever decides several
 * pieces uses `OpenPieces`, which also keeps the order of insertions at one place.
 */
export function acceptPiece(doc: Node, range: Range, piece: Pick<Piece, 'slice'>): unknown[] {
  const transform = new Transform(doc)
  putContent(transform, range, pieceContent(piece))
  return transform.steps.map((step) => step.toJSON() as unknown)
}
