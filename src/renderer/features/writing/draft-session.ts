import type { Node } from 'prosemirror-model'
import { EditorState, type Plugin, type Transaction } from 'prosemirror-state'
import { Mapping, Step } from 'prosemirror-transform'
import type { DraftStep, DraftView, ProposalView, StudioErrorCode } from '../../../contract/index.js'
import { arrivedAtCore, joinedAsOne } from './draft-arrival.js'
import { ConnectionLost, answeredCode, systemClock, type Clock, type Decision, type DraftClient } from './draft-client.js'
import { differenceSteps } from './document-difference.js'
import { receive, unconfirmedPlugin, unconfirmedSteps, type Unconfirmed } from './rebasing.js'

/** Steps wait for this long without typing, and never longer than the second. */
const idleMs = 150
const longestMs = 1000
const batchSize = 500
const retryMs = [200, 500, 1000, 2000, 5000]

export interface DraftStatus {
  phase: 'opening' | 'ready' | 'lost' | 'closed'
  /** False where another window edits this text. */
  writable: boolean
  /** Whether there are words that core has not acknowledged. */
  unsent: boolean
  keptAt: number | null
  base: string | null
  /** Why words cannot be kept now; they stay here and are sent again. */
  failure: StudioErrorCode | null
}

export interface DraftSessionOptions {
  client: DraftClient
  session: string
  parse: (json: unknown) => Node
  plugins?: Plugin[]
  /** Adds to a transaction what core says of proposals. */
  showProposals?: (tr: Transaction, told: Told) => void
  clock?: Clock
}

/** Proposals as core told them, with its document at that moment and the way from there to the editor's. */
export interface Told {
  proposals: readonly ProposalView[]
  core: Node
  mapping: Mapping
}

type Update = { state: EditorState; tr: Transaction | null }
interface PendingDecision {
  proposal: string
  decisions: readonly Decision[]
  /** It goes out when core has this many of the own steps: what was typed before it was made. */
  flush: number
  /** It went out and no answer came. */
  sent: boolean
  resolve: (proposal: ProposalView | null) => void
  reject: (error: unknown) => void
}
type Doing = 'open' | 'append' | 'decide'

/**
 * One window's writing line to the draft that core keeps [DRAFT1]. Holds the editor's state, keeps every step until
 * core acknowledges it, and puts unacknowledged steps on top of whatever else core's draft went through.
 *
 * Core's document is never put in place of the editor's: what differs arrives as steps, below the unacknowledged ones.
 * So an answer, however late, cannot take back typing.
 */
export class DraftSession {
  state: EditorState | null = null
  status: DraftStatus = { phase: 'opening', writable: false, unsent: false, keptAt: null, base: null, failure: null }
  /** Proposals as core last told them; their ranges are core's, the editor's own are in its decorations. */
  proposals: readonly ProposalView[] = []

  private number = 0
  /** Core's document at `number`, as far as this session knows. */
  private confirmed: Node | null = null
  private confirmedCount = 0
  /** The longest run of unconfirmed steps that was sent and of which nobody knows whether it arrived. */
  private unresolved = 0
  private decisions: PendingDecision[] = []
  private waiters: { until: number; resolve: () => void }[] = []
  private due = false
  private firstUnsentAt: number | null = null
  private cancelTimer: (() => void) | null = null
  private mustOpen = true
  private take = false
  private running = false
  private connected = true
  private failures = 0
  private cancelRetry: (() => void) | null = null
  private lose: (error: ConnectionLost) => void = () => undefined
  private readonly clock: Clock
  private readonly updated = new Set<(update: Update) => void>()
  private readonly changed = new Set<() => void>()

  constructor(private readonly options: DraftSessionOptions) {
    this.clock = options.clock ?? systemClock
  }

  get id(): string { return this.options.session }

  /** Called for every new state of the document, in order. */
  onUpdate(listener: (update: Update) => void): () => void {
    this.updated.add(listener)
    return () => this.updated.delete(listener)
  }

  /** Called when the status or the proposals changed, never for a keystroke alone. */
  onStatus(listener: () => void): () => void {
    this.changed.add(listener)
    return () => this.changed.delete(listener)
  }

  start(): void { this.pump() }

  /** Applies a transaction of the editor. */
  dispatch(tr: Transaction): void {
    if (!this.state) return
    this.state = this.state.apply(tr)
    for (const listener of this.updated) listener({ state: this.state, tr })
    if (tr.docChanged) this.noteTyping()
  }

  /** Asks core how the draft stands: another window wrote, the draft was replaced, or a proposal changed. */
  refresh(): void {
    this.mustOpen = true
    this.pump()
  }

  /** Becomes the window that writes. */
  takeOver(): void {
    this.take = true
    this.refresh()
  }

  /** The transport is gone: answers that are still out do not count any more. */
  connectionLost(): void {
    this.connected = false
    this.lose(new ConnectionLost())
    this.mustOpen = true
    if (this.status.phase !== 'closed') this.setStatus({ phase: 'lost' })
  }

  connectionBack(): void {
    this.connected = true
    this.cancelRetry?.()
    this.cancelRetry = null
    this.refresh()
  }

  /** Resolves when everything typed until now is on core's disk. */
  flush(): Promise<void> {
    const until = this.confirmedCount + this.unconfirmed().length
    if (this.unconfirmed().length === 0) return Promise.resolve()
    this.due = true
    return new Promise((resolve) => {
      this.waiters.push({ until, resolve })
      this.pump()
    })
  }

  /**
   * Decides pieces of a proposal; what was typed before goes to core first, and without a connection it waits for one.
   * Answers null where core had done it, but the answer was lost. Errors: those of `texts.decide`.
   */
  decide(proposal: string, decisions: readonly Decision[]): Promise<ProposalView | null> {
    return new Promise((resolve, reject) => {
      this.decisions.push({ proposal, decisions, flush: this.confirmedCount + this.unconfirmed().length, sent: false, resolve, reject })
      this.pump()
    })
  }

  /** Sends what is left and says goodbye. Resolves when core has every word. */
  async close(): Promise<void> {
    if (this.status.phase === 'closed') return
    if (this.status.unsent && !this.status.writable) this.takeOver()
    await this.flush()
    this.cancelTimer?.()
    this.cancelRetry?.()
    this.setStatus({ phase: 'closed' })
    this.lose(new ConnectionLost())
    await this.options.client.close({ session: this.id }).catch(() => undefined)
  }

  private unconfirmed(): readonly Unconfirmed[] {
    return this.state ? unconfirmedSteps(this.state) : []
  }

  private noteTyping(): void {
    const now = this.clock.now()
    this.firstUnsentAt ??= now
    this.cancelTimer?.()
    this.cancelTimer = this.clock.after(Math.max(0, Math.min(idleMs, this.firstUnsentAt + longestMs - now)), () => {
      this.due = true
      this.pump()
    })
    if (!this.status.unsent) this.setStatus({ unsent: true })
  }

  private pump(): void {
    if (this.running || this.cancelRetry) return
    this.running = true
    void this.work()
  }

  /** Does one thing after another: there is never more than one request out, so core's number is always known. */
  private async work(): Promise<void> {
    for (;;) {
      const doing = this.next()
      if (!doing) break
      try {
        if (doing === 'open') await this.open()
        else if (doing === 'append') await this.sendSteps()
        else await this.sendDecision(this.decisions[0]!)
        if (doing !== 'open' || this.unconfirmed().length === 0) this.failures = 0
      } catch (error) {
        if (!this.recover(error, doing)) break
      }
    }
    this.running = false
  }

  private next(): Doing | null {
    if (this.status.phase === 'closed') return null
    if (this.mustOpen || !this.confirmed) return 'open'
    const decision = this.decisions[0]
    const canSend = this.unconfirmed().length > 0 && this.status.writable
    if (decision && (!canSend || this.confirmedCount >= decision.flush)) return 'decide'
    return canSend && (this.due || decision) ? 'append' : null
  }

  private async request<Answer>(call: Promise<Answer>): Promise<Answer> {
    const lost = new Promise<never>((_, reject) => { this.lose = reject })
    call.catch(() => undefined)
    return Promise.race([call, lost])
  }

  private async open(): Promise<void> {
    const { take } = this
    this.mustOpen = false
    const view = await this.request(this.options.client.open({ session: this.id, take }))
    this.take = false
    this.adopt(view)
  }

  private async sendSteps(): Promise<void> {
    const batch = this.unconfirmed().slice(0, batchSize)
    this.unresolved = Math.max(this.unresolved, batch.length)
    this.due = batch.length < this.unconfirmed().length
    const steps: DraftStep[] = batch.map(({ step, origin }) => ({ step: step.toJSON() as DraftStep['step'], origin }))
    const answer = await this.request(this.options.client.append({ session: this.id, number: this.number, steps }))
    if (answer.number < this.number + batch.length) throw new Error('core acknowledged fewer steps than it was given')
    // More than was sent means that something else came after it; the editor has to be told what.
    if (answer.number > this.number + batch.length) this.mustOpen = true
    this.confirm(batch.length)
    this.firstUnsentAt = this.unconfirmed().length > 0 ? this.clock.now() : null
    this.setStatus({ phase: 'ready', unsent: this.unconfirmed().length > 0, keptAt: answer.keptAt, failure: null })
  }

  private async sendDecision(decision: PendingDecision): Promise<void> {
    const { proposal, decisions } = decision
    decision.sent = true
    const place = this.status.writable ? { session: this.id, number: this.number } : {}
    const answer = await this.request(this.options.client.decide({ ...place, proposal, decisions: [...decisions] }))
    this.decisions.shift()
    this.proposals = [...this.proposals.filter(({ id }) => id !== proposal), answer.proposal]
    if (answer.number - answer.steps.length === this.number) {
      const steps = answer.steps.map(({ step }) => Step.fromJSON(this.state!.schema, step))
      this.confirmed = applyAll(this.confirmed!, steps)
      this.number = answer.number
      this.receive(steps, 0, true)
    } else {
      this.mustOpen = true
    }
    this.notify()
    decision.resolve(answer.proposal)
  }

  /** Core has the first `count` unconfirmed steps. */
  private confirm(count: number): void {
    this.confirmed = applyAll(this.confirmed!, this.unconfirmed().slice(0, count).map(({ step }) => step))
    this.number += count
    this.confirmedCount += count
    this.unresolved = 0
    this.receive([], count)
    this.settleWaiters()
  }

  private settleWaiters(): void {
    const none = this.unconfirmed().length === 0
    const settled = this.waiters.filter(({ until }) => none || this.confirmedCount >= until)
    this.waiters = this.waiters.filter((waiter) => !settled.includes(waiter))
    for (const { resolve } of settled) resolve()
  }

  private receive(steps: readonly Step[], confirmed: number, tellProposals = false): void {
    const { tr, rest } = receive(this.state!, steps, confirmed)
    if (tellProposals) this.options.showProposals?.(tr, { proposals: this.proposals, core: this.confirmed!, mapping: mappingOf(rest) })
    this.state = this.state!.apply(tr)
    for (const listener of this.updated) listener({ state: this.state, tr })
  }

  /** Takes over what an opening says, below everything that core does not have yet. */
  private adopt(view: DraftView): void {
    const target = this.options.parse(view.doc)
    this.proposals = view.proposals
    if (!this.state) {
      this.state = EditorState.create({ doc: target, plugins: [unconfirmedPlugin(), ...(this.options.plugins ?? [])] })
      const tr = this.state.tr
      this.options.showProposals?.(tr, { proposals: view.proposals, core: target, mapping: new Mapping() })
      this.state = this.state.apply(tr)
      for (const listener of this.updated) listener({ state: this.state, tr: null })
    } else {
      const mine = this.unconfirmed()
      const arrived = arrivedAtCore(view, this.number, Math.min(this.unresolved, mine.length))
      const base = applyAll(this.confirmed!, mine.slice(0, arrived).map(({ step }) => step))
      this.confirmedCount += arrived
      const { tr, rest } = receive(this.state, differenceSteps(base, target), arrived)
      this.options.showProposals?.(tr, { proposals: view.proposals, core: target, mapping: mappingOf(rest) })
      this.state = this.state.apply(tr)
      for (const listener of this.updated) listener({ state: this.state, tr })
    }
    this.confirmed = target
    this.number = view.number
    this.unresolved = 0
    this.due ||= this.unconfirmed().length > 0
    this.settleWaiters()
    this.settleDecisions()
    this.setStatus({ phase: 'ready', writable: view.writable, unsent: this.unconfirmed().length > 0, keptAt: view.keptAt, base: view.base, failure: null })
    this.notify()
  }

  /** Whether to go on at once. What was typed stays in the editor in every case. */
  private recover(error: unknown, doing: Doing): boolean {
    if (this.status.phase === 'closed') return false
    const code = answeredCode(error)
    this.failures++
    this.mustOpen = true
    if (code && doing === 'decide' && (code !== 'stale-draft' || this.failures > 3)) {
      this.decisions.shift()!.reject(error)
      return true
    }
    if (doing === 'append' && (code === 'bad-input' || code === 'internal') && this.failures > 1) {
      this.state = joinedAsOne(this.state!, this.confirmed!)
    }
    if (error instanceof ConnectionLost && this.connected) return true
    if ((code === 'stale-draft' || code === 'text-in-use') && this.failures <= 3) return true
    this.setStatus(code ? { failure: code } : { phase: 'lost' })
    this.cancelRetry = this.clock.after(retryMs[Math.min(this.failures, retryMs.length) - 1]!, () => {
      this.cancelRetry = null
      this.pump()
    })
    return false
  }

  /** Decisions whose answer was lost: the opening says whether core made them. */
  private settleDecisions(): void {
    const [decision] = this.decisions
    if (!decision?.sent) return
    const proposal = this.proposals.find(({ id }) => id === decision.proposal)
    const open = proposal?.pieces.some(({ index, outcome }) => outcome === 'open' && decision.decisions.some(({ piece }) => piece === index))
    decision.sent = false
    if (open) return
    this.decisions.shift()
    decision.resolve(proposal ?? null)
  }

  private setStatus(change: Partial<DraftStatus>): void {
    const next = { ...this.status, ...change }
    const same = (Object.keys(next) as (keyof DraftStatus)[]).every((name) => next[name] === this.status[name])
    this.status = next
    if (!same) this.notify()
  }

  private notify(): void {
    for (const listener of this.changed) listener()
  }
}

const applyAll = (doc: Node, steps: readonly Step[]): Node => steps.reduce((current, step) => {
  const result = step.apply(current)
  if (!result.doc) throw new Error(`a step does not apply: ${result.failed ?? ''}`)
  return result.doc
}, doc)

const mappingOf = (steps: readonly Unconfirmed[]): Mapping => new Mapping(steps.map(({ step }) => step.getMap()))
