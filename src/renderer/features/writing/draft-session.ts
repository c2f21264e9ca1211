import type { EditorState, Transaction } from 'prosemirror-state'
import type { DraftStep, DraftView, ProposalView, StudioErrorCode } from '../../../contract/index.js'
import { ConnectionLost, answeredCode, systemClock, type Clock, type Decision, type DraftClient } from './draft-client.js'
import { DraftLine, type DraftLineOptions, type Update } from './draft-line.js'

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

export interface DraftSessionOptions extends DraftLineOptions {
  client: DraftClient
  session: string
  clock?: Clock
}

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
 * One window's writing line to the draft that core keeps [DRAFT1]: opens it, sends steps and decisions one after the
 * other, keeps every step until core acknowledges it, and finds its way again after a lost connection.
 *
 * Core's document is never put in place of the editor's: what differs arrives as steps, below the unacknowledged ones.
 * So an answer, however late, cannot take back typing.
 */
export class DraftSession {
  status: DraftStatus = { phase: 'opening', writable: false, unsent: false, keptAt: null, base: null, failure: null }
  private proposals: readonly ProposalView[] = []
  private readonly line: DraftLine
  private readonly clock: Clock
  private readonly listeners = new Set<() => void>()
  private decisions: PendingDecision[] = []
  private waiters: { until: number; resolve: () => void }[] = []
  /** Core refused steps as they are: they go out as one change. */
  private mustJoin = false
  private due = false
  private firstUnsentAt: number | null = null
  private cancelTimer: (() => void) | null = null
  private cancelRetry: (() => void) | null = null
  private mustOpen = true
  private take = false
  private running = false
  private connected = true
  private failures = 0
  private lose: (error: ConnectionLost) => void = () => undefined

  constructor(private readonly options: DraftSessionOptions) {
    this.clock = options.clock ?? systemClock
    this.line = new DraftLine(options)
  }

  get id(): string { return this.options.session }

  /** The editor's state; null until the text was opened. */
  get state(): EditorState | null { return this.line.state }

  /** Called for every new state of the editor, in order. */
  onUpdate(listener: (update: Update) => void): () => void { return this.line.onUpdate(listener) }

  /** Called when the status or the proposals changed, never for a keystroke alone. */
  onStatus(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  start(): void { this.pump() }

  /** Applies a transaction of the editor. */
  dispatch(tr: Transaction): void {
    if (!this.state) return
    this.line.apply(tr)
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
    this.mustOpen = true
    this.lose(new ConnectionLost())
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
    const waiting = this.line.unconfirmed().length
    if (waiting === 0) return Promise.resolve()
    this.due = true
    return new Promise((resolve) => {
      this.waiters.push({ until: this.line.confirmedCount + waiting, resolve })
      this.pump()
    })
  }

  /**
   * Decides pieces of a proposal; what was typed before goes to core first, and without a connection it waits for one.
   * Answers null where core had done it, but the answer was lost. Errors: those of `texts.decide`.
   */
  decide(proposal: string, decisions: readonly Decision[]): Promise<ProposalView | null> {
    const flush = this.line.confirmedCount + this.line.unconfirmed().length
    return new Promise((resolve, reject) => {
      this.decisions.push({ proposal, decisions, flush, sent: false, resolve, reject })
      this.pump()
    })
  }

  /** Sends what is left, as the writer if need be, and says goodbye. Resolves when core has every word. */
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
        if (doing !== 'open' || this.line.unconfirmed().length === 0) this.failures = 0
      } catch (error) {
        if (!this.recover(error, doing)) break
      }
    }
    this.running = false
  }

  private next(): Doing | null {
    if (this.status.phase === 'closed') return null
    if (this.mustOpen || !this.state) return 'open'
    const [decision] = this.decisions
    const canSend = this.status.writable && this.line.unconfirmed().length > 0
    if (decision && (!canSend || this.line.confirmedCount >= decision.flush)) return 'decide'
    return canSend && (this.due || decision) ? 'append' : null
  }

  private request<Answer>(call: Promise<Answer>): Promise<Answer> {
    const lost = new Promise<never>((_, reject) => { this.lose = reject })
    // Whoever loses the race is heard by nobody.
    call.catch(() => undefined)
    lost.catch(() => undefined)
    return Promise.race([call, lost])
  }

  private async open(): Promise<void> {
    const { take } = this
    this.mustOpen = false
    const view = await this.request(this.options.client.open({ session: this.id, take }))
    this.take = false
    this.proposals = view.proposals
    this.line.adopt(view, this.arrived(view))
    if (this.mustJoin) this.line.joinUnconfirmed()
    this.mustJoin = false
    this.due ||= this.line.unconfirmed().length > 0
    this.settleWaiters()
    this.settleDecisions()
    this.setStatus({ phase: 'ready', writable: view.writable, unsent: this.line.unconfirmed().length > 0, keptAt: view.keptAt, base: view.base, failure: null })
    this.notify()
  }

  /**
   * How many unacknowledged steps are in core's draft although no answer said so: an append may arrive even after the
   * opening that followed its lost connection. Core tells how far this session's steps came; comparing documents would
   * not do, because others' steps may follow them.
   */
  private arrived(view: DraftView): number {
    return Math.max(0, Math.min((view.appended ?? 0) - this.line.number, this.line.unconfirmed().length))
  }

  private async sendSteps(): Promise<void> {
    const batch = this.line.unconfirmed().slice(0, batchSize)
    const { number } = this.line
    this.due = batch.length < this.line.unconfirmed().length
    const steps: DraftStep[] = batch.map(({ step, origin }) => ({ step: step.toJSON() as DraftStep['step'], origin }))
    const answer = await this.request(this.options.client.append({ session: this.id, number, steps }))
    if (answer.number < number + batch.length) throw new Error('core acknowledged fewer steps than it was given')
    // More than was sent means that something else came after it; the editor has to be told what.
    if (answer.number > number + batch.length) this.mustOpen = true
    this.line.confirm(batch.length)
    this.firstUnsentAt = this.line.unconfirmed().length > 0 ? this.clock.now() : null
    this.settleWaiters()
    this.setStatus({ phase: 'ready', unsent: this.line.unconfirmed().length > 0, keptAt: answer.keptAt, failure: null })
  }

  private async sendDecision(decision: PendingDecision): Promise<void> {
    const { proposal, decisions } = decision
    decision.sent = true
    const place = this.status.writable ? { session: this.id, number: this.line.number } : {}
    const answer = await this.request(this.options.client.decide({ ...place, proposal, decisions: [...decisions] }))
    this.decisions.shift()
    this.proposals = this.proposals.map((one) => (one.id === proposal ? answer.proposal : one))
    if (!this.line.follow(answer.steps, answer.number, this.proposals)) this.mustOpen = true
    this.notify()
    decision.resolve(answer.proposal)
  }

  private settleWaiters(): void {
    const none = this.line.unconfirmed().length === 0
    const settled = this.waiters.filter(({ until }) => none || this.line.confirmedCount >= until)
    this.waiters = this.waiters.filter((waiter) => !settled.includes(waiter))
    for (const { resolve } of settled) resolve()
  }

  /** Decisions whose answer was lost: the opening says whether core made them. */
  private settleDecisions(): void {
    const [decision] = this.decisions
    if (!decision?.sent) return
    decision.sent = false
    const proposal = this.proposals.find(({ id }) => id === decision.proposal)
    const isOpen = proposal?.pieces.some(({ index, outcome }) => outcome === 'open' && decision.decisions.some(({ piece }) => piece === index))
    if (isOpen) return
    this.decisions.shift()
    decision.resolve(proposal ?? null)
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
    if (doing === 'append' && (code === 'bad-input' || code === 'internal') && this.failures > 1) this.mustJoin = true
    if (error instanceof ConnectionLost && this.connected) return true
    if ((code === 'stale-draft' || code === 'text-in-use') && this.failures <= 3) return true
    this.setStatus(code ? { failure: code } : { phase: 'lost' })
    this.cancelRetry = this.clock.after(retryMs[Math.min(this.failures, retryMs.length) - 1]!, () => {
      this.cancelRetry = null
      this.pump()
    })
    return false
  }

  private setStatus(change: Partial<DraftStatus>): void {
    const next = { ...this.status, ...change }
    const isSame = (Object.keys(next) as (keyof DraftStatus)[]).every((name) => next[name] === this.status[name])
    this.status = next
    if (!isSame) this.notify()
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
