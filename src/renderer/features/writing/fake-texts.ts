import type { Node } from 'prosemirror-model'
import { EditorState, type Transaction } from 'prosemirror-state'
import { Mapping, Step } from 'prosemirror-transform'
import { StudioError, type DraftStep, type DraftView, type ProposalView } from '../../../contract/index.js'
import type { Clock, DraftClient } from './draft-client.js'

interface FakePiece { index: number; from: number; to: number; words: string; changed: boolean; outcome: 'open' | 'accepted' | 'rejected' }

const recipe: ProposalView['recipe'] = { by: 'hand' }

/**
 * What core does with one text, in memory and by the letter of the contract: numbered steps, skipped where the same
 * session sent them before, refused where somebody else's came between; pieces mapped; one writer.
 */
export class FakeTexts {
  number = 0
  writer: string | null = null
  readonly log: { session: string | null; steps: DraftStep[] }[] = []
  private readonly bySession: (string | null)[] = []
  private readonly appended = new Map<string, number>()
  readonly proposals = new Map<string, { title: string; pieces: FakePiece[] }>()

  constructor(public doc: Node) {}

  propose(id: string, title: string, pieces: readonly { from: number; to: number; words: string }[]): void {
    this.proposals.set(id, { title, pieces: pieces.map((piece, index) => ({ ...piece, index, changed: false, outcome: 'open' })) })
  }

  open({ session, take }: { session: string; take: boolean }): DraftView {
    if (take || this.writer === null) this.writer = session
    const appended = this.appended.get(session)
    return {
      doc: this.doc.toJSON() as DraftView['doc'], number: this.number, origin: [], base: null, writable: this.writer === session, keptAt: null,
      proposals: [...this.proposals.keys()].map((id) => this.view(id)).filter(({ pieces }) => pieces.some(({ outcome }) => outcome === 'open')),
      ...(appended === undefined ? {} : { appended }),
    }
  }

  append({ session, number, steps }: { session: string; number: number; steps: DraftStep[] }): { number: number; keptAt: number } {
    if (this.writer !== session) throw new StudioError('text-in-use', { item: '' })
    let known = 0
    while (known < steps.length && number + known < this.number && this.bySession[number + known] === session) known++
    if (number + known !== this.number) throw new StudioError('stale-draft', { item: '', expected: this.number, got: number })
    this.apply(steps.slice(known), session)
    this.appended.set(session, this.number)
    return { number: this.number, keptAt: 1 }
  }

  decide(input: Parameters<DraftClient['decide']>[0]): Awaited<ReturnType<DraftClient['decide']>> {
    const proposal = this.proposals.get(input.proposal)
    if (!proposal) throw new StudioError('not-found', { what: 'proposal', id: input.proposal })
    if (input.number !== undefined && input.number !== this.number) throw new StudioError('stale-draft', { item: '', expected: this.number, got: input.number })
    const transform = EditorState.create({ doc: this.doc }).tr
    for (const { piece: index, outcome } of input.decisions) {
      const piece = proposal.pieces[index]!
      if (piece.outcome !== 'open') throw new StudioError('already-decided', { proposal: input.proposal, piece: index })
      if (outcome === 'accepted' && piece.changed) throw new StudioError('piece-changed', { proposal: input.proposal, piece: index })
      if (outcome === 'accepted') transform.insertText(piece.words, transform.mapping.map(piece.from, 1), transform.mapping.map(piece.to, -1))
    }
    for (const { piece, outcome } of input.decisions) proposal.pieces[piece]!.outcome = outcome
    const steps: DraftStep[] = transform.steps.map((step) => ({ step: step.toJSON() as DraftStep['step'], origin: 'model' }))
    this.apply(steps, null)
    return { number: this.number, steps, version: null, proposal: this.view(input.proposal) }
  }

  /** Another one's change, as undoing a decision makes it. */
  change(make: (tr: Transaction) => void): void {
    const transform = EditorState.create({ doc: this.doc }).tr
    make(transform)
    this.apply(transform.steps.map((step) => ({ step: step.toJSON() as DraftStep['step'], origin: 'typed' })), null)
  }

  private view(id: string): ProposalView {
    const { title, pieces } = this.proposals.get(id)!
    return {
      id, item: '', title, at: 0, base: '', recipe,
      pieces: pieces.map(({ index, from, to, words, changed, outcome }) => ({
        index, outcome, range: changed ? null : { from, to },
        slice: words === '' ? null : { content: [{ type: 'text', text: words }] },
      })),
    }
  }

  private apply(steps: DraftStep[], session: string | null): void {
    if (steps.length === 0) return
    let { doc } = this
    const mapping = new Mapping()
    for (const { step: json } of steps) {
      const step = Step.fromJSON(doc.type.schema, json)
      const result = step.apply(doc)
      if (!result.doc) throw new StudioError('bad-input', { detail: result.failed ?? '' })
      doc = result.doc
      mapping.appendMap(step.getMap())
    }
    for (const { pieces } of this.proposals.values()) for (const piece of pieces) mapPiece(piece, this.doc, doc, mapping)
    this.doc = doc
    this.number += steps.length
    for (const _ of steps) this.bySession.push(session)
    this.log.push({ session, steps })
  }
}

function mapPiece(piece: FakePiece, before: Node, after: Node, mapping: Mapping): void {
  const words = before.textBetween(piece.from, piece.to, '\n')
  const from = mapping.map(piece.from, 1)
  const to = Math.max(from, mapping.map(piece.to, -1))
  if (piece.outcome === 'open' && after.textBetween(from, to, '\n') !== words) piece.changed = true
  Object.assign(piece, { from, to })
}

type Deliver = () => void

/** A wire on which requests and answers wait until the test lets them pass, or cuts it. */
export class FakeWire {
  readonly requests: Deliver[] = []
  readonly answers: Deliver[] = []
  /** Requests of connections that were cut: they may reach core at any time after. */
  readonly late: Deliver[] = []
  private generation = 0

  constructor(private readonly texts: FakeTexts) {}

  client(): DraftClient {
    return {
      open: (input) => this.send(() => this.texts.open(input)),
      append: (input) => this.send(() => this.texts.append(input)),
      decide: (input) => this.send(() => this.texts.decide(input)),
      close: (input) => this.send(() => { if (this.texts.writer === input.session) this.texts.writer = null }),
    }
  }

  /** Answers on their way are gone; requests on their way reach core late, or never. */
  cut(): void {
    this.generation++
    this.answers.length = 0
    this.late.push(...this.requests.splice(0))
  }

  private send<Answer>(handle: () => Answer): Promise<Answer> {
    const { generation } = this
    return new Promise((resolve, reject) => {
      this.requests.push(() => {
        let settle: Deliver
        try {
          const answer = structuredClone(handle())
          settle = () => { resolve(answer) }
        } catch (error) {
          settle = () => { reject(error as Error) }
        }
        if (generation === this.generation) this.answers.push(settle)
      })
    })
  }
}

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  private time = 0
  private timers: { at: number; callback: () => void }[] = []

  now(): number { return this.time }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + ms, callback }
    this.timers.push(timer)
    return () => { this.timers = this.timers.filter((one) => one !== timer) }
  }

  advance(ms: number): void {
    this.time += ms
    for (const timer of this.timers.filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at)) {
      this.timers = this.timers.filter((one) => one !== timer)
      timer.callback()
    }
  }
}
