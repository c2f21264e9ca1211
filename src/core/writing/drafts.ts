import { StudioError, type DraftStep, type DraftView, type Fact, type FactId, type ProposalView } from '../../contract/index.js'
import { invertSteps, removedWords, replaceDocument, type DocumentNode, type PieceOutcome } from '../../document/index.js'
import type { Events } from '../events.js'
import type { OpenProject } from '../open-projects.js'
import type { People } from '../people.js'
import type { Change } from '../project/index.js'
import { createSerial } from '../serial.js'
import { CORE_SESSION, LiveDraft, piecesThroughDiff, viewProposal, type Reversal } from './live-draft.js'
import { isKept, versionOfDraft } from './version-of-draft.js'

export interface Decision { readonly piece: number; readonly outcome: 'accepted' | 'rejected' }

/**
 * The drafts of all open texts. Every change of one text runs after the one before it, is on disk before it is
 * answered, and is taken back in memory when the disk refuses it.
 */
export class Drafts {
  private readonly live = new Map<string, LiveDraft>()
  private readonly serials = new Map<string, ReturnType<typeof createSerial>>()

  constructor(private readonly options: { events: Events; people: People; onKept?: (project: OpenProject, item: FactId, doc: DocumentNode) => void }) {}

  /** Runs `work` with the draft of a text, alone. What throws leaves the draft as the file has it. */
  async with<T>(project: OpenProject, item: FactId, work: (draft: LiveDraft) => Promise<T>): Promise<T> {
    const key = `${project.handle} ${item}`
    let serial = this.serials.get(key)
    if (!serial) this.serials.set(key, (serial = createSerial()))
    return serial(async () => {
      const draft = await this.load(project, item, key)
      try {
        return await work(draft)
      } catch (error) {
        // The memory may be ahead of the file now: read it again at the next call, but keep who has it open.
        const again = LiveDraft.load(project.writer, item)
        again.writer = draft.writer
        for (const session of draft.sessions) again.sessions.add(session)
        this.live.set(key, again)
        throw error
      } finally {
        if (!this.live.get(key)?.inUse) this.live.delete(key)
      }
    })
  }

  private async load(project: OpenProject, item: FactId, key: string): Promise<LiveDraft> {
    const present = this.live.get(key)
    if (present) return present
    const row = project.writer.item(item)
    if (!row || row.kind !== 'text') throw new StudioError('not-found', { what: 'item', id: item })
    const draft = LiveDraft.load(project.writer, item)
    this.live.set(key, draft)
    await this.reconcile(project, draft)
    return draft
  }

  /**
   * Brings the open pieces in line with what the project says was decided. After a crash, an undo, a redo or a merge
   * the facts lead and the draft follows: a piece that is accepted no more is taken out, one that is again is put in.
   */
  private async reconcile(project: OpenProject, draft: LiveDraft): Promise<DraftStep[]> {
    const made: DraftStep[] = []
    let changed = false
    const { writer } = project
    const proposals = writer.factsOf('proposal', draft.item)
    const present = new Set(proposals.map(({ id }) => id))
    for (const id of draft.pieces.keys()) if (!present.has(id)) changed = draft.pieces.delete(id) || changed
    for (const { id, fact } of proposals) {
      const outcomes = new Map<number, PieceOutcome>(writer.outcomes(id).map(({ fact: outcome }) => [outcome.piece, outcome.outcome]))
      if (!draft.pieces.has(id)) {
        if (outcomes.size === fact.pieces.length) continue
        draft.pieces.set(id, piecesThroughDiff(writer, id, draft.doc, outcomes))
        changed = true
        continue
      }
      for (const view of draft.pieces.get(id)!.views()) {
        const wanted = outcomes.get(view.index) ?? 'open'
        if (view.outcome === wanted) continue
        changed = true
        made.push(...this.turn(draft, id, view.index, view.outcome, wanted))
      }
    }
    if (changed && !writer.readOnly) await writer.writeDrafts([draft.fold(Date.now())])
    return made
  }

  /** Turns one piece from an outcome to another and applies the steps which that takes. */
  private turn(draft: LiveDraft, proposal: FactId, piece: number, from: PieceOutcome, to: PieceOutcome): DraftStep[] {
    const made: DraftStep[] = []
    if (from !== 'open') {
      const reversal = from === 'accepted' ? draft.takeReversal(proposal, piece) : null
      const isWhole = reversal !== null && reversal.steps.length > 0 && removedWords(draft.doc, reversal.steps) === reversal.words
      if (isWhole) made.push(...this.applyOwn(draft, reversal.steps))
      const where = from === 'rejected' ? null : isWhole ? rangeAfter(reversal) : 'changed'
      draft.pieces.set(proposal, draft.pieces.get(proposal)!.reopen(piece, where, draft.doc))
    }
    return to === 'open' ? made : [...made, ...this.putIn(draft, proposal, piece, to)]
  }

  private putIn(draft: LiveDraft, proposal: FactId, piece: number, outcome: 'accepted' | 'rejected'): DraftStep[] {
    const pieces = draft.pieces.get(proposal)!
    if (outcome === 'rejected') {
      draft.pieces.set(proposal, pieces.reject(piece))
      return []
    }
    const { range } = pieces.views()[piece]!
    const { steps, next } = pieces.accept(piece, draft.doc)
    const inverse = invertSteps(draft.doc, steps)
    const made = this.applyOwn(draft, steps)
    const words = removedWords(draft.doc, inverse)
    draft.pieces.set(proposal, next)
    draft.keepReversal({ proposal, piece, steps: inverse, words, oldSize: range ? range.to - range.from : 0 })
    return made
  }

  private applyOwn(draft: LiveDraft, steps: readonly unknown[]): DraftStep[] {
    const made = steps.map((step) => ({ step, origin: 'model' }) as DraftStep)
    if (made.length > 0) draft.apply(made, CORE_SESSION)
    return made
  }

  async open(project: OpenProject, item: FactId, session: string, take: boolean): Promise<DraftView> {
    return this.with(project, item, async (draft) => {
      draft.sessions.add(session)
      const before = draft.writer
      if (take || before === null) draft.writer = session
      // The window that wrote until now learns it at once, and not by its next words being refused.
      if (before !== null && before !== draft.writer) this.options.events.publish({ type: 'draft.changed', project: project.handle, item, session, number: draft.number })
      return {
        doc: draft.doc.toJSON(), number: draft.number, appended: draft.appendedBy(session), origin: [...draft.origin], base: draft.base,
        writable: draft.writer === session && !project.writer.readOnly, keptAt: draft.keptAt, proposals: this.views(project, draft),
      }
    })
  }

  /** The draft for reading. */
  async read(project: OpenProject, item: FactId): Promise<{ doc: DraftView['doc']; base: FactId | null; differs: boolean }> {
    return this.with(project, item, async (draft) => {
      const isEmpty = draft.base === null && draft.doc.textContent === ''
      return { doc: draft.doc.toJSON(), base: draft.base, differs: !isEmpty && !isKept(project.writer, draft) }
    })
  }

  async close(project: OpenProject, item: FactId, session: string): Promise<void> {
    await this.with(project, item, async (draft) => {
      draft.sessions.delete(session)
      if (draft.writer !== session) return
      draft.writer = null
      // The windows that read along learn at once that the text is free: the first one that asks writes on.
      if (draft.sessions.size > 0) this.options.events.publish({ type: 'draft.changed', project: project.handle, item, session, number: draft.number })
    })
  }

  /** Steps of the writing session; answered when they are on disk. Errors: `stale-draft`, `text-in-use`, `bad-input`. */
  async append(project: OpenProject, item: FactId, session: string, number: number, steps: readonly DraftStep[]): Promise<{ number: number; keptAt: number }> {
    return this.with(project, item, async (draft) => {
      if (draft.writer !== null && draft.writer !== session) throw new StudioError('text-in-use', { item })
      draft.writer = session
      draft.sessions.add(session)
      const fresh = draft.newSteps(session, number, steps)
      const keptAt = Date.now()
      if (fresh.length > 0) {
        draft.apply(fresh, session)
        await project.writer.writeDrafts([draft.writeAfter(fresh, session, keptAt)])
        this.options.events.publish({ type: 'draft.changed', project: project.handle, item, session, number: draft.number })
        this.options.onKept?.(project, item, draft.doc)
      }
      return { number: draft.number, keptAt }
    })
  }

  async proposals(project: OpenProject, item: FactId): Promise<ProposalView[]> {
    return this.with(project, item, async (draft) => this.views(project, draft))
  }

  private views(project: OpenProject, draft: LiveDraft): ProposalView[] {
    return [...draft.pieces].filter(([, pieces]) => pieces.views().some((piece) => piece.outcome === 'open')).map(([id, pieces]) => viewProposal(project.writer, id, pieces))
  }

  /**
   * Decides pieces: outcomes, the draft, and after the last piece a version, all in one transaction [PROP1].
   * Errors: `not-found`, `already-decided`, `piece-changed`, `stale-draft`.
   */
  async decide(project: OpenProject, item: FactId, proposal: FactId, decisions: readonly Decision[], session = CORE_SESSION) {
    const { writer, handle } = project
    const author = this.options.people.current()
    return this.with(project, item, async (draft) => {
      const pieces = draft.pieces.get(proposal)
      if (!pieces) throw new StudioError('not-found', { what: 'proposal', id: proposal })
      const made: DraftStep[] = []
      const facts: Fact[] = []
      const at = Date.now()
      for (const { piece, outcome } of decisions) {
        const view = draft.pieces.get(proposal)!.views().find((one) => one.index === piece)
        if (!view) throw new StudioError('not-found', { what: 'proposal', id: `${proposal} ${piece}` })
        if (view.outcome !== 'open') throw new StudioError('already-decided', { proposal, piece })
        if (outcome === 'accepted' && !view.range) throw new StudioError('piece-changed', { proposal, piece })
        made.push(...this.putIn(draft, proposal, piece, outcome))
        facts.push({ kind: 'outcome', at, by: author.person, proposal, piece, outcome, nonce: `${at}` })
      }
      const done = draft.pieces.get(proposal)!.views().every((one) => one.outcome !== 'open')
      const kept = done ? versionOfDraft(writer, draft, { author, at, reason: 'proposal' }) : null
      if (kept) facts.push(kept.fact)
      const label = decisions.length > 1 ? 'undo.decide-many' : decisions[0]!.outcome === 'accepted' ? 'undo.accept' : 'undo.reject'
      const change: Change = { label, author, facts, blocks: kept?.blocks, drafts: [draft.fold(at)] }
      const { facts: ids } = await writer.commit(change)
      const version = kept ? ids.at(-1)! : null
      if (version) {
        draft.base = version
        await writer.writeDrafts([draft.fold(at)])
      }
      this.publishDecided(handle, item, proposal, version, draft.number, session)
      return { number: draft.number, steps: made, version, proposal: viewProposal(writer, proposal, draft.pieces.get(proposal)!) }
    })
  }

  private publishDecided(project: string, item: FactId, proposal: FactId, version: FactId | null, number: number, session: string): void {
    const { events } = this.options
    events.publish({ type: 'draft.changed', project, item, session, number })
    events.publish({ type: 'proposal.changed', project, item, proposal })
    if (version) events.publish({ type: 'version.created', project, item, version })
    events.publish({ type: 'history.changed', project })
  }

  /**
   * A version of the draft where it differs from the head [PROP1]; the head itself where it does not. An empty text
   * without versions gets one too, since a proposal needs a base.
   */
  async keep(project: OpenProject, item: FactId, reason: 'named' | 'source' | 'commented' | 'review' | 'exported' | 'placed', name?: string): Promise<FactId> {
    const author = this.options.people.current()
    return this.with(project, item, async (draft) => this.keepDraft(project, draft, author, reason, name))
  }

  async keepDraft(project: OpenProject, draft: LiveDraft, author: Change['author'], reason: Parameters<Drafts['keep']>[2], name?: string): Promise<FactId> {
    const at = Date.now()
    const kept = versionOfDraft(project.writer, draft, { author, at, reason, name })
    if (!kept) return draft.base!
    const { facts } = await project.writer.commit({ label: 'undo.keep', author, facts: [kept.fact], blocks: kept.blocks, undoable: reason === 'named' })
    const version = facts[0]!
    draft.base = version
    await project.writer.writeDrafts([draft.fold(at)])
    this.options.events.publish({ type: 'version.created', project: project.handle, item: draft.item, version })
    this.options.events.publish({ type: 'history.changed', project: project.handle })
    return version
  }

  /** Puts another document in the draft's place (restore, combine), as one step that windows can follow. */
  async replace(project: OpenProject, item: FactId, doc: DocumentNode, base: FactId): Promise<void> {
    await this.with(project, item, async (draft) => {
      this.applyOwn(draft, replaceDocument(draft.doc, doc))
      draft.base = base
      await project.writer.writeDrafts([draft.fold(Date.now())])
      this.options.events.publish({ type: 'draft.replaced', project: project.handle, item })
    })
  }

  /** After an undo, redo or merge: lets every text that is in use follow the facts. */
  async follow(project: OpenProject, items: readonly FactId[]): Promise<void> {
    for (const item of items) {
      if (project.writer.item(item)?.kind !== 'text') continue
      await this.with(project, item, async (draft) => {
        const steps = await this.reconcile(project, draft)
        const head = project.writer.item(item)?.heads[0] ?? null
        if (draft.base !== null && project.writer.version(draft.base)?.hidden) draft.base = head
        if (steps.length > 0) this.options.events.publish({ type: 'draft.changed', project: project.handle, item, session: CORE_SESSION, number: draft.number })
        this.options.events.publish({ type: 'draft.replaced', project: project.handle, item })
      })
    }
  }

  forget(project: OpenProject): void {
    for (const key of [...this.live.keys()]) if (key.startsWith(`${project.handle} `)) this.live.delete(key)
  }
}

/** Where the old words of a piece stand after its reversal: they begin where its last step begins. */
function rangeAfter(reversal: Reversal): { from: number; to: number } | null {
  const last = reversal.steps.at(-1) as { from?: number } | undefined
  return last?.from === undefined ? null : { from: last.from, to: last.from + reversal.oldSize }
}
