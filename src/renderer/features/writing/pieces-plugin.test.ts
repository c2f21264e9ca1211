import { EditorState } from 'prosemirror-state'
import { Mapping } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import type { ProposalView } from '../../../contract/index.js'
import { fromMarkdown } from '../../../document/index.js'
import { activeProposal, piecesOf, piecesPlugin, setCurrentPiece, tellPieces } from './pieces-plugin.js'

type Given = { from: number; to: number; words: string }

const view = (id: string, pieces: readonly Given[]): ProposalView => ({
  id, item: '', title: id, at: 0, base: '', recipe: { by: 'hand' },
  pieces: pieces.map(({ from, to, words }, index) => ({
    index, range: { from, to }, outcome: 'open', slice: words === '' ? null : { content: [{ type: 'text', text: words }] },
  })),
})

function begin(text: string, ...proposals: ProposalView[]): EditorState {
  const state = EditorState.create({ doc: fromMarkdown(text), plugins: [piecesPlugin()] })
  return tell(state, proposals)
}

function tell(state: EditorState, proposals: readonly ProposalView[]): EditorState {
  const { tr } = state
  tellPieces(tr, { proposals, core: state.doc, mapping: new Mapping() })
  return state.apply(tr)
}

const pieces = (state: EditorState) => activeProposal(piecesOf(state))?.pieces ?? []
const kinds = (state: EditorState): string[] =>
  piecesOf(state).decorations.find().map(({ from, to }) => (from === to ? 'new' : state.doc.textBetween(from, to))).sort()

describe('open pieces in the editor', () => {
  it('[PROP1] strike old words and show new ones without touching the text', () => {
    const state = begin('The old words stay.', view('p', [{ from: 5, to: 8, words: 'new' }, { from: 15, to: 15, words: 'all ' }]))
    expect(kinds(state)).toEqual(['new', 'new', 'old'])
    expect(state.doc.eq(fromMarkdown('The old words stay.'))).toBe(true)
  })

  it('move with the words around them', () => {
    const state = begin('The old words stay.', view('p', [{ from: 5, to: 8, words: 'new' }]))
    const typed = state.apply(state.tr.insertText('Well. ', 1))
    expect(pieces(typed)[0]).toMatchObject({ from: 11, to: 14, changed: false })
    expect(kinds(typed)).toEqual(['new', 'old'])
  })

  it('words typed at the edges of a piece stay outside of it', () => {
    const state = begin('The old words stay.', view('p', [{ from: 5, to: 8, words: 'new' }]))
    const once = state.apply(state.tr.insertText('<', 5).insertText('>', 9))
    expect(once.doc.textContent).toBe('The <old> words stay.')
    expect(pieces(once)[0]).toMatchObject({ from: 6, to: 9, changed: false })
  })

  it('[PROP1] a piece whose words were changed is no longer shown on the text', () => {
    const state = begin('The old words stay.', view('p', [{ from: 5, to: 8, words: 'new' }, { from: 9, to: 14, words: 'lines' }]))
    const typed = state.apply(state.tr.insertText('x', 6))
    expect(pieces(typed).map(({ changed }) => changed)).toEqual([true, false])
    expect(kinds(typed)).toEqual(['new', 'words'])
  })

  it('accepted words are marked until the proposal is closed', () => {
    const proposal = view('p', [{ from: 5, to: 8, words: 'newer' }, { from: 9, to: 14, words: 'lines' }])
    const state = begin('The old words stay.', proposal)
    const tr = state.tr.insertText('newer', 5, 8)
    const told: ProposalView = {
      ...proposal, pieces: [{ ...proposal.pieces[0]!, outcome: 'accepted', range: null }, { ...proposal.pieces[1]!, range: { from: 11, to: 16 } }],
    }
    tellPieces(tr, { proposals: [told], core: tr.doc, mapping: new Mapping() })
    const accepted = state.apply(tr)
    expect(pieces(accepted)[0]).toMatchObject({ outcome: 'accepted', from: 5, to: 10 })
    expect(kinds(accepted)).toEqual(['new', 'newer', 'words'])
    const closed = tell(accepted, [{ ...told, pieces: told.pieces.map((piece) => ({ ...piece, outcome: 'accepted' as const, range: null })) }])
    expect(kinds(closed)).toEqual([])
    expect(piecesOf(closed).active).toBeNull()
  })

  it('what was typed since core looked is taken into account', () => {
    const state = begin('The old words stay.')
    const { tr } = state
    tr.insertText('x', 6)
    tellPieces(tr, { proposals: [view('p', [{ from: 5, to: 8, words: 'new' }, { from: 9, to: 14, words: '' }])], core: state.doc, mapping: tr.mapping })
    const told = state.apply(tr)
    expect(pieces(told).map(({ changed, from, to }) => ({ changed, from, to }))).toEqual([{ changed: true, from: 5, to: 9 }, { changed: false, from: 10, to: 15 }])
  })

  it('the newest proposal is shown alone, and the one in hand stays', () => {
    const first = view('first', [{ from: 5, to: 8, words: 'new' }])
    const second = view('second', [{ from: 9, to: 14, words: 'lines' }])
    const state = begin('The old words stay.', first)
    const both = tell(state, [first, second])
    expect(piecesOf(both).active).toBe('first')
    expect(piecesOf(tell(both, [second])).active).toBe('second')
    expect(kinds(both)).toEqual(['new', 'old'])
  })

  it('pieces at one place stay in their order when one of them is drawn anew', () => {
    const state = begin('Words.', view('p', [{ from: 7, to: 7, words: ' One.' }, { from: 7, to: 7, words: ' Two.' }]))
    const next = state.apply(setCurrentPiece(state.tr, 0))
    const sides = piecesOf(next).decorations.find().map(({ spec }) => spec as { piece: number; side: number })
    expect(sides.sort((a, b) => a.side - b.side).map(({ piece }) => piece)).toEqual([0, 1])
  })

  it('the current piece is drawn anew, and no other', () => {
    const state = begin('The old words stay.', view('p', [{ from: 5, to: 8, words: 'new' }, { from: 9, to: 14, words: 'lines' }]))
    const before = piecesOf(state).decorations.find(9, 14)
    const next = state.apply(setCurrentPiece(state.tr, 0))
    expect(piecesOf(next).current).toBe(0)
    expect(piecesOf(next).decorations.find(9, 14)).toEqual(before)
  })
})
