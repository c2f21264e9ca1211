import type { Node } from 'prosemirror-model'
import { Transform, type Mappable, type Mapping } from 'prosemirror-transform'
import { StudioError, type OpenPiece, type Piece } from '../contract/index.js'
import { coversWholeBlocks, isBlockContent, putContent } from './accept.js'
import { pieceContent } from './pieces.js'
import { wordsBetween } from './plain.js'
import { isEmptyParagraph } from './schema.js'
import { changedRanges, type Range } from './steps.js'

export type PieceOutcome = OpenPiece['outcome']

interface PieceState {
  readonly from: number
  readonly to: number
  /** The words that stood in the base, empty for an insertion. */
  readonly old: string
  /** Whether whole blocks are put in, replaced or removed. */
  readonly blocks: boolean
  /** The text under the piece has changed: it cannot be accepted any more. */
  readonly lost: boolean
  readonly slice: Piece['slice']
  readonly outcome: PieceOutcome
}

interface State { readonly proposal: string; readonly pieces: readonly PieceState[]; readonly placeholder: Range | null }

/**
 * The pieces of one proposal as they lie on a draft that changes. Immutable: each call answers with a new state.
 *
 * Pieces are in the order of the text and stay in it: of several insertions at one place the one with the lower index comes
 * first, whichever is accepted first. An empty paragraph that waits to be filled (the placeholder) is filled by whichever
 * insertion is accepted first, unless somebody has typed into it.
 */
export class OpenPieces {
  private constructor(private readonly state: State) {}

  /** The pieces on the text that they were made for. `outcomes` are those already decided; `proposal` is named in errors. */
  static fromProposal(base: Node, pieces: readonly Piece[], options: { proposal?: string; outcomes?: ReadonlyMap<number, PieceOutcome> } = {}): OpenPieces {
    const placeholder = placeholderOf(base, pieces)
    return new OpenPieces({
      proposal: options.proposal ?? '',
      placeholder,
      pieces: pieces.map((piece, index) => {
        const range = placeholder && index === 0 ? { from: piece.to, to: piece.to } : { from: piece.from, to: piece.to }
        if (range.from > range.to || range.to > base.content.size) throw new StudioError('bad-input', { detail: 'a piece lies outside of its text' })
        return {
          ...range,
          old: wordsBetween(base, range.from, range.to),
          blocks: piece.slice === null ? coversWholeBlocks(base, range) : isBlockContent(pieceContent(piece)),
          lost: false, slice: piece.slice, outcome: options.outcomes?.get(index) ?? 'open',
        }
      }),
    })
  }

  /** The state that `toJSON` wrote. */
  static fromJSON(json: unknown): OpenPieces {
    return new OpenPieces(json as State)
  }

  toJSON(): unknown {
    return this.state
  }

  /** Whether every piece is decided. */
  get decided(): boolean {
    return this.state.pieces.every((piece) => piece.outcome !== 'open')
  }

  /** The pieces as the contract shows them. Decided pieces have no range. */
  views(): OpenPiece[] {
    return this.state.pieces.map((piece, index) => ({
      index, slice: piece.slice, outcome: piece.outcome,
      range: piece.lost || piece.outcome !== 'open' ? null : { from: piece.from, to: piece.to },
    }))
  }

  /** Where the pieces lie after a change of the text; `doc` is the changed text. A piece whose old words changed is lost. */
  map(mapping: Mapping | Mappable, doc: Node): OpenPieces {
    const pieces = this.state.pieces.map((piece) => (isFollowed(piece) ? mapPiece(piece, mapping, doc) : piece))
    return new OpenPieces({ ...this.state, pieces, placeholder: mapPlaceholder(this.state.placeholder, mapping, doc) })
  }

  /**
   * The steps (ProseMirror JSON) that put a piece into `doc`, the text it leads to, and the pieces as they lie on that.
   * Errors: `already-decided`, `piece-changed` where the text under the piece is another one now.
   */
  accept(index: number, doc: Node): { steps: unknown[]; doc: Node; mapping: Mapping; next: OpenPieces } {
    const piece = this.open(index)
    if (piece.lost) throw new StudioError('piece-changed', { proposal: this.state.proposal, piece: index })
    const content = pieceContent(piece)
    const transform = new Transform(doc)
    const hole = this.state.placeholder
    const fills = hole !== null && piece.blocks && piece.from === piece.to && piece.from >= hole.from && piece.from <= hole.to
    const range = fills ? hole : piece
    const left = putContent(transform, range, content)
    // Where the new words had to find another place, what comes after them has to go there too.
    const changed = changedRanges(transform.mapping)
    const start = Math.min(transform.mapping.map(range.from, -1), changed[0]?.from ?? Infinity)
    const end = Math.max(transform.mapping.map(range.to, 1), changed.at(-1)?.to ?? 0)
    const pieces = this.state.pieces.map((other, otherIndex): PieceState => {
      if (otherIndex === index) return { ...other, outcome: 'accepted' }
      return isFollowed(other) ? besides(other, otherIndex < index, start, end, transform) : other
    })
    const placeholder = left ?? (fills ? null : mapPlaceholder(hole, transform.mapping, transform.doc))
    return {
      steps: transform.steps.map((step) => step.toJSON() as unknown), doc: transform.doc, mapping: transform.mapping,
      next: new OpenPieces({ ...this.state, pieces, placeholder }),
    }
  }

  /** The pieces without one that is not wanted; the text stays as it is. Errors: `already-decided`. */
  reject(index: number): OpenPieces {
    this.open(index)
    return new OpenPieces({ ...this.state, pieces: this.state.pieces.map((piece, at) => (at === index ? { ...piece, outcome: 'rejected' } : piece)) })
  }

  /**
   * A decided piece made open again, after its words were taken out of the text. `range` is where its old words stand
   * now in `doc`; null for a rejected piece, which stays where it was; `changed` where somebody wrote into the accepted
   * words, so that they stay and the piece says that the text under it is another one.
   */
  reopen(index: number, where: Range | null | 'changed', doc: Node): OpenPieces {
    const range = where === 'changed' ? null : where
    const own = this.state.pieces[index]!
    // The empty paragraph that the piece had filled is back, and waits again.
    const waits = range !== null && own.blocks && range.from === range.to && isEmptyParagraph(doc.nodeAt(range.from))
    const placeholder = waits ? { from: range.from, to: range.from + 2 } : this.state.placeholder
    const place = waits ? { from: placeholder!.to, to: placeholder!.to } : range
    const pieces = this.state.pieces.map((piece, at): PieceState => {
      if (at !== index) return piece
      if (!place) return { ...piece, outcome: 'open', lost: piece.lost || where === 'changed' }
      return { ...piece, ...place, outcome: 'open', lost: wordsBetween(doc, place.from, place.to) !== piece.old }
    })
    return new OpenPieces({ ...this.state, pieces, placeholder })
  }

  private open(index: number): PieceState {
    const piece = this.state.pieces[index]
    if (!piece) throw new StudioError('bad-input', { detail: `the proposal has no piece ${index}` })
    if (piece.outcome !== 'open') throw new StudioError('already-decided', { proposal: this.state.proposal, piece: index })
    return piece
  }
}

// A rejected piece is led through the changes as well, since an undo opens it again.
function isFollowed(piece: PieceState): boolean {
  return piece.outcome !== 'accepted' && !piece.lost
}

// An insertion of blocks whose first piece covers an empty paragraph: that paragraph waits for whichever comes first.
function placeholderOf(base: Node, pieces: readonly Piece[]): Range | null {
  const first = pieces[0]
  if (!first || first.to !== first.from + 2 || first.to > base.content.size || !isEmptyParagraph(base.nodeAt(first.from))) return null
  const isHere = (piece: Piece) => piece === first || (piece.from === first.to && piece.to === first.to)
  const areInsertions = pieces.every((piece) => isHere(piece) && isBlockContent(pieceContent(piece)))
  return areInsertions ? { from: first.from, to: first.to } : null
}

function mapPlaceholder(range: Range | null, mapping: Mappable, doc: Node): Range | null {
  if (!range) return null
  const from = mapping.map(range.from, 1)
  const to = mapping.map(range.to, -1)
  return to === from + 2 && isEmptyParagraph(doc.nodeAt(from)) ? { from, to } : null
}

// Insertions hold to what is before them, so that those at one place stay at one place; ranges let nothing in at their edges.
function mapPiece(piece: PieceState, mapping: Mappable, doc: Node): PieceState {
  if (piece.from === piece.to) {
    const result = mapping.mapResult(piece.from, -1)
    // New paragraphs are never lost: they find another place. New words without their sentence would make no sense.
    return { ...piece, from: result.pos, to: result.pos, lost: !piece.blocks && result.deletedAcross }
  }
  const from = mapping.map(piece.from, 1)
  const to = mapping.map(piece.to, -1)
  if (!touches(piece, mapping)) return { ...piece, from, to }
  const lost = from >= to || wordsBetween(doc, from, to) !== piece.old || (piece.blocks && !coversWholeBlocks(doc, { from, to }))
  return { ...piece, from, to, lost }
}

function touches(piece: Range, mapping: Mappable): boolean {
  if (!('maps' in mapping)) return true
  let [from, to] = [piece.from, piece.to]
  for (const map of (mapping as Mapping).maps) {
    let touched = false
    map.forEach((start, end) => { touched ||= start < to && end > from || (start === end && start > from && start < to) })
    if (touched) return true
    from = map.map(from, 1)
    to = map.map(to, -1)
  }
  return false
}

// The others after one was accepted: those before it stay before its new words, those after it come after them.
function besides(other: PieceState, isBefore: boolean, start: number, end: number, transform: Transform): PieceState {
  if (other.from === other.to) {
    const at = isBefore ? Math.min(start, transform.mapping.map(other.from, -1)) : Math.max(end, transform.mapping.map(other.from, 1))
    return { ...other, from: at, to: at }
  }
  return mapPiece(other, transform.mapping, transform.doc)
}
