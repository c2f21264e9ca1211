import { Slice, type Node, type Schema } from 'prosemirror-model'
import type { Mapping, Mappable } from 'prosemirror-transform'
import type { OpenPiece, ProposalView } from '../../../contract/index.js'
import type { Told } from './draft-line.js'

/** A piece of a proposal as it lies on the editor's text. */
export interface ShownPiece {
  index: number
  from: number
  to: number
  slice: Slice
  outcome: OpenPiece['outcome']
  /** The text under it is no longer that which it was made for; it can only be rejected. */
  changed: boolean
  /** The words that it would take away, to notice when they change. */
  words: string
}

export interface ShownProposal {
  id: string
  title: string
  pieces: readonly ShownPiece[]
}

const wordsAt = (doc: Node, from: number, to: number): string => doc.textBetween(from, to, '\n', '\n')

/** What core says, on the editor's text. `through` leads there from the editor's text before. */
export function showOnText(doc: Node, told: Told, before: readonly ShownProposal[], through: Mapping): ShownProposal[] {
  const { schema } = doc.type
  return told.proposals.filter(isOpen).map((view) => {
    const known = before.find(({ id }) => id === view.id)
    const pieces = view.pieces.map((piece): ShownPiece => {
      const old = known?.pieces[piece.index]
      const shown = { index: piece.index, slice: sliceOf(schema, piece), outcome: piece.outcome }
      if (piece.outcome === 'accepted' && old) {
        // Core tells where open pieces lie; where accepted words lie is followed here, from the moment of acceptance.
        return { ...old, ...shown, ...(old.outcome === 'open' ? acceptedRange(old, through) : mapOpenRange(old, through)) }
      }
      if (!piece.range) return { from: 0, to: 0, words: '', ...old, ...(old ? mapOpenRange(old, through) : {}), ...shown, changed: true }
      const words = wordsAt(told.core, piece.range.from, piece.range.to)
      const range = mapOpenRange(piece.range, told.mapping)
      return { ...shown, ...range, words, changed: wordsAt(doc, range.from, range.to) !== words }
    })
    return { id: view.id, title: view.title, pieces }
  })
}

const isOpen = ({ pieces }: ProposalView): boolean => pieces.some(({ outcome }) => outcome === 'open')

const ordered = ({ from, to }: { from: number; to: number }): { from: number; to: number } => ({ from, to: Math.max(from, to) })

function mapOpenRange(range: { from: number; to: number }, mapping: Mappable): { from: number; to: number } {
  if (range.from === range.to) {
    const at = mapping.map(range.from, -1)
    return { from: at, to: at }
  }
  return ordered({ from: mapping.map(range.from, 1), to: mapping.map(range.to, -1) })
}

/** Where the words of a piece stand that was just put in. */
function acceptedRange(piece: ShownPiece, through: Mapping): { from: number; to: number } {
  let range = ordered({ from: through.map(piece.from, -1), to: through.map(piece.to, 1) })
  if (range.from < range.to || piece.slice.size === 0) return range
  // It took the place of an empty paragraph, or found another one: then it is what was put in there.
  through.maps.forEach((map, index) => {
    const rest = through.slice(index + 1)
    map.forEach((_from, _to, start, end) => {
      const put = { from: rest.map(start, -1), to: rest.map(end, 1) }
      if (put.from <= range.to && put.to >= range.from) range = { from: Math.min(range.from, put.from), to: Math.max(range.to, put.to) }
    })
  })
  return range
}

function sliceOf(schema: Schema, piece: OpenPiece): Slice {
  return piece.slice === null ? Slice.empty : Slice.fromJSON(schema, piece.slice as Parameters<typeof Slice.fromJSON>[1])
}

/** The pieces after a change of the text. Those that the change did not touch only move; one that lost its words stays lost, as in core. */
export function mapPieces(proposals: readonly ShownProposal[], mapping: Mapping, doc: Node): ShownProposal[] {
  return proposals.map((proposal) => ({
    ...proposal,
    pieces: proposal.pieces.map((piece) => {
      if (piece.outcome === 'rejected') return piece
      const range = mapOpenRange(piece, mapping)
      if (piece.outcome === 'accepted') return { ...piece, ...range }
      const touched = touches(mapping, piece)
      return { ...piece, ...range, changed: piece.changed || (touched && wordsAt(doc, range.from, range.to) !== piece.words) }
    }),
  }))
}

function touches(mapping: Mapping, piece: { from: number; to: number }): boolean {
  let { from, to } = piece
  for (const map of mapping.maps) {
    let touched = false
    map.forEach((oldFrom, oldTo) => {
      if (oldFrom < to && oldTo > from) touched = true
      if (from === to && oldFrom < from && oldTo > from) touched = true
    })
    if (touched) return true
    from = map.map(from, 1)
    to = Math.max(from, map.map(to, -1))
  }
  return false
}
