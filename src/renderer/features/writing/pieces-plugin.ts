import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Told } from './draft-line.js'
import { mapPieces, showOnText, type ShownPiece, type ShownProposal } from './pieces.js'
import { renderSlice } from './render-slice.js'

export interface PiecesState {
  proposals: readonly ShownProposal[]
  /** The proposal whose pieces are shown: one at a time, so that two never cover the same words. */
  active: string | null
  /** Index of the piece that the keyboard is at. */
  current: number | null
  decorations: DecorationSet
}

type Meta = { tell: Told } | { current: number | null } | { active: string }

const key = new PluginKey<PiecesState>('pieces')

/** More than a proposal may have. */
const mostPieces = 1_000_000

/**
 * Shows open pieces as decorations. The document stays the text with open pieces rejected, so rejecting changes nothing
 * by construction, and typing beside a piece is typing in the text.
 */
export function piecesPlugin(): Plugin<PiecesState> {
  return new Plugin<PiecesState>({
    key,
    state: {
      init: () => ({ proposals: [], active: null, current: null, decorations: DecorationSet.empty }),
      apply: (tr, state) => applyTo(state, tr),
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations,
      attributes: (state) => ({ class: key.getState(state)?.active ? 'has-proposal' : '' }),
    },
  })
}

export const piecesOf = (state: EditorState): PiecesState => key.getState(state)!

export function activeProposal(state: PiecesState): ShownProposal | null {
  return state.proposals.find(({ id }) => id === state.active) ?? null
}

export const tellPieces = (tr: Transaction, told: Told): void => { tr.setMeta(key, { tell: told } satisfies Meta) }
export const setCurrentPiece = (tr: Transaction, current: number | null): Transaction => tr.setMeta(key, { current } satisfies Meta)
export const setActiveProposal = (tr: Transaction, active: string): Transaction => tr.setMeta(key, { active } satisfies Meta)

function applyTo(state: PiecesState, tr: Transaction): PiecesState {
  const meta = tr.getMeta(key) as Meta | undefined
  if (!meta) {
    if (!tr.docChanged || state.proposals.length === 0) return state
    const proposals = mapPieces(state.proposals, tr.mapping, tr.doc)
    const next = { ...state, proposals, decorations: state.decorations.map(tr.mapping, tr.doc) }
    return { ...next, decorations: redrawChanged(state, next, tr.doc) }
  }
  if ('current' in meta) {
    if (meta.current === state.current) return state
    const next = { ...state, current: meta.current }
    return { ...next, decorations: redraw(next, tr.doc, [state.current, meta.current]) }
  }
  const proposals = 'tell' in meta ? showOnText(tr.doc, meta.tell, state.proposals, tr.mapping) : state.proposals
  const wanted = 'active' in meta ? meta.active : state.active
  const active = proposals.some(({ id }) => id === wanted) ? wanted : (proposals.at(-1)?.id ?? null)
  const next = { proposals, active, current: active === state.active ? state.current : null, decorations: DecorationSet.empty }
  return { ...next, decorations: DecorationSet.create(tr.doc, activeProposal(next)?.pieces.flatMap((piece) => decorate(tr.doc, piece, next)) ?? []) }
}

/** Only pieces whose words just changed, or came back, look different after typing; all others were moved with the text. */
function redrawChanged(before: PiecesState, next: PiecesState, doc: Node): DecorationSet {
  const old = activeProposal(before)?.pieces
  const flipped = activeProposal(next)?.pieces.filter((piece) => old?.[piece.index]?.changed !== piece.changed) ?? []
  return flipped.length === 0 ? next.decorations : redraw(next, doc, flipped.map(({ index }) => index))
}

function redraw(state: PiecesState, doc: Node, indices: readonly (number | null)[]): DecorationSet {
  const pieces = activeProposal(state)?.pieces ?? []
  const old = state.decorations.find(undefined, undefined, (spec: { piece?: number }) => indices.includes(spec.piece ?? null))
  const fresh = indices.flatMap((index) => (index !== null && pieces[index] ? decorate(doc, pieces[index], state) : []))
  return state.decorations.remove(old).add(doc, fresh)
}

function decorate(doc: Node, piece: ShownPiece, state: PiecesState): Decoration[] {
  const { from, to, index, outcome, changed, slice } = piece
  const spec = { piece: index }
  if (outcome === 'rejected' || (changed && outcome === 'open')) return []
  if (outcome === 'accepted') return from < to ? [Decoration.inline(from, to, { class: 'accepted', 'data-old': String(index) }, spec)] : []
  const current = state.current === index ? 'is-current' : ''
  const decorations = [
    Decoration.widget(to, (view) => drawNewWords(view.dom.ownerDocument, doc, piece, current), {
      // Before the cursor, and pieces at one place in their order, also when one of them is drawn anew.
      ...spec, side: index - mostPieces, marks: [], key: `${state.active}:${index}:${current}`, ignoreSelection: true,
    }),
  ]
  if (from < to) {
    const alone = slice.size === 0 ? 'is-alone' : ''
    decorations.push(Decoration.inline(from, to, { nodeName: 'del', class: `${current} ${alone}`, 'data-old': String(index) }, spec))
  }
  doc.nodesBetween(from, to, (node, position) => {
    if (!node.isLeaf || node.isInline || position < from || position + node.nodeSize > to) return true
    decorations.push(Decoration.node(position, position + node.nodeSize, { class: `piece-leaf ${current}` }, spec))
    return false
  })
  return decorations
}

function drawNewWords(document: Document, doc: Node, piece: ShownPiece, current: string): HTMLElement {
  const words = piece.slice.size > 0 ? renderSlice(doc.type.schema, piece.slice, document) : document.createElement('span')
  const isBlock = words.className === 'piece-blocks'
  const element = document.createElement(isBlock ? 'div' : 'span')
  element.className = `piece-new ${current} ${piece.from === piece.to ? 'is-alone' : ''}`
  element.dataset['piece'] = String(piece.index)
  // Said to the words only where two marks of the margin come from one line.
  const number = document.createElement('sup')
  number.className = 'ref'
  number.hidden = true
  number.textContent = String(piece.index + 1)
  // A hair's breadth between old and new words; as a sign it stays behind where the new words break into the next line.
  if (!isBlock && piece.from < piece.to && piece.slice.size > 0) element.append('\u200a')
  element.append(words, number)
  return element
}
