import { activeProposal, piecesOf, setActiveProposal, setCurrentPiece, type PiecesState } from './pieces-plugin.js'
import type { ShownPiece, ShownProposal } from './pieces.js'
import { createStore, type Store } from '../../state/store.js'
import type { OpenText } from './open-text.js'

/** What the bar and the margin show of the proposals; another object only where something of it changed. */
export interface ProposalsShown {
  proposal: ShownProposal | null
  current: number | null
  ids: readonly string[]
}

/** How much of a piece has to be in sight, in pixels, when it is gone to. */
const firstLine = 96

type Outcome = 'accepted' | 'rejected'

const nothing: ProposalsShown = { proposal: null, current: null, ids: [] }

/** Walking through the pieces of a proposal and deciding them. */
export class ProposalDesk {
  readonly shown: Store<ProposalsShown> = createStore(nothing)
  /** Bumped where marks may have to move. */
  readonly moved: Store<number> = createStore(0)
  readonly error: Store<unknown> = createStore<unknown>(null)
  private last: PiecesState | null = null

  constructor(private readonly desk: OpenText) {}

  /** Called after each change of the text; free of cost where there is no proposal. */
  noteUpdate(): void {
    const { state } = this.desk.session
    if (!state) return
    const pieces = piecesOf(state)
    if (pieces === this.last) return
    const before = this.last
    this.last = pieces
    this.moved.set(this.moved.get() + 1)
    if (before && looksAlike(before, pieces)) return
    const proposal = activeProposal(pieces)
    const isNew = before !== null && proposal !== null && !before.proposals.some(({ id }) => id === proposal.id)
    this.shown.set({ proposal, current: pieces.current, ids: pieces.proposals.map(({ id }) => id) })
    if (isNew) requestAnimationFrame(() => this.showFirst())
  }

  /** What a model just wrote comes into sight, but never moves the text under the hands of a person who types. */
  private showFirst(): void {
    const first = inOrder(this.pieces().filter(isOpen))[0]
    if (first && !this.desk.view?.hasFocus()) this.scrollTo(first.index)
  }

  /** The pieces as they lie now. */
  pieces(): readonly ShownPiece[] {
    const { state } = this.desk.session
    return state ? (activeProposal(piecesOf(state))?.pieces ?? []) : []
  }

  /** Goes to the next or previous open piece, around the end. */
  go(direction: 1 | -1): boolean {
    const { state } = this.desk.session
    if (!state) return false
    const open = inOrder(this.pieces().filter(isOpen))
    if (open.length === 0) return false
    const { current } = piecesOf(state)
    const at = open.findIndex(({ index }) => index === current)
    const cursor = state.selection.from
    const near = direction === 1 ? open.findIndex(({ to }) => to >= cursor) : open.findLastIndex(({ from }) => from <= cursor)
    const next = at >= 0 ? (at + direction + open.length) % open.length : near >= 0 ? near : direction === 1 ? 0 : open.length - 1
    this.select(open[next]!.index)
    return true
  }

  select(index: number | null): void {
    const { state } = this.desk.session
    if (!state) return
    this.desk.session.dispatch(setCurrentPiece(state.tr, index).setMeta('addToHistory', false))
    if (index !== null) this.scrollTo(index)
  }

  showNextProposal(): void {
    const { state } = this.desk.session
    const { ids, proposal } = this.shown.get()
    if (!state || ids.length < 2) return
    this.desk.session.dispatch(setActiveProposal(state.tr, ids[(ids.indexOf(proposal?.id ?? '') + 1) % ids.length]!))
  }

  /** Keys in the text (with Alt) and in the margin. False where there is no proposal, so that the key stays what it is. */
  byKey(name: 'next' | 'previous' | 'accept' | 'reject'): boolean {
    if (!this.shown.get().proposal) return false
    if (name === 'next' || name === 'previous') return this.go(name === 'next' ? 1 : -1)
    const { current } = this.shown.get()
    if (current === null) return this.go(1)
    void this.decide([current], name === 'accept' ? 'accepted' : 'rejected')
    return true
  }

  decideRest(outcome: Outcome): Promise<void> {
    // A piece that no longer fits cannot be accepted; it stays until somebody rejects it.
    const rest = this.pieces().filter((piece) => isOpen(piece) && (outcome === 'rejected' || !piece.changed))
    return this.decide(rest.map(({ index }) => index), outcome)
  }

  async decide(indices: readonly number[], outcome: Outcome): Promise<void> {
    const { proposal } = this.shown.get()
    if (!proposal || indices.length === 0) return
    const wasCurrent = this.shown.get().current
    this.error.set(null)
    try {
      await this.desk.session.decide(proposal.id, indices.map((piece) => ({ piece, outcome })))
      this.desk.undoLine.noteDecision()
    } catch (error) {
      this.error.set(error)
      return
    }
    if (wasCurrent !== null && indices.includes(wasCurrent)) this.goOn(wasCurrent)
  }

  /** Words that accepting all open pieces would add (negative: take away). */
  difference(): number {
    const { countWords, schema } = this.desk.tools
    const count = (text: string): number => (text === '' ? 0 : countWords(schema.node('doc', null, [schema.node('paragraph', null, schema.text(text))])))
    return this.pieces().filter((piece) => isOpen(piece) && !piece.changed)
      .reduce((sum, { slice, words }) => sum + count(slice.content.textBetween(0, slice.content.size, ' ', ' ')) - count(words), 0)
  }

  private goOn(index: number): void {
    const open = inOrder(this.pieces().filter(isOpen))
    const next = open.find((piece) => piece.index > index) ?? open[0]
    this.select(next ? next.index : null)
  }

  private scrollTo(index: number): void {
    const { view } = this.desk
    const piece = this.pieces()[index]
    const scroll = view?.dom.closest('.work-scroll')
    if (!view || !piece || !scroll) return
    // Pieces that only put in words share a place of the text, so it is the words themselves that are looked for.
    const words = view.dom.querySelector(`[data-piece="${index}"], [data-old="${index}"]`)?.getBoundingClientRect()
    const line = words ? { top: words.top, bottom: Math.min(words.bottom, words.top + firstLine) } : view.coordsAtPos(piece.from, 1)
    const box = scroll.getBoundingClientRect()
    const away = 60
    if (line.top < box.top + away) scroll.scrollBy({ top: line.top - box.top - away })
    else if (line.bottom > box.bottom - away) scroll.scrollBy({ top: line.bottom - box.bottom + away })
  }
}

export const isOpen = ({ outcome }: ShownPiece): boolean => outcome === 'open'

const inOrder = (pieces: readonly ShownPiece[]): ShownPiece[] => [...pieces].sort((a, b) => a.from - b.from || a.index - b.index)

function looksAlike(one: PiecesState, other: PiecesState): boolean {
  return one.current === other.current && one.proposals.length === other.proposals.length && alike(activeProposal(one), activeProposal(other))
}

/** Whether two states of a proposal look the same but for where its pieces lie. */
function alike(one: ShownProposal | null, other: ShownProposal | null): boolean {
  if (!one || !other) return one === other
  return one.id === other.id && one.pieces.length === other.pieces.length
    && one.pieces.every((piece, at) => piece.outcome === other.pieces[at]!.outcome && piece.changed === other.pieces[at]!.changed)
}
