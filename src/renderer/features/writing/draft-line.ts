import type { Node } from 'prosemirror-model'
import { EditorState, type Plugin, type Transaction } from 'prosemirror-state'
import { Mapping, Step } from 'prosemirror-transform'
import type { DraftStep, DraftView, ProposalView } from '../../../contract/index.js'
import { differenceSteps } from './document-difference.js'
import { receive, replaceUnconfirmed, unconfirmedPlugin, unconfirmedSteps, type Unconfirmed } from './rebasing.js'

/** Proposals as core told them, with its document at that moment and the way from there to the editor's. */
export interface Told {
  proposals: readonly ProposalView[]
  core: Node
  mapping: Mapping
}

export interface DraftLineOptions {
  parse: (json: unknown) => Node
  plugins?: readonly Plugin[]
  /** Adds to a transaction what core says of proposals. */
  showProposals?: (tr: Transaction, told: Told) => void
}

export type Update = { state: EditorState; tr: Transaction | null }

/**
 * Two documents and what lies between them: core's, as far as it is known here, and the editor's, which is core's with
 * the unconfirmed steps on top. Nothing here waits; `DraftSession` does the talking.
 */
export class DraftLine {
  state: EditorState | null = null
  /** How many steps core has, as far as is known here. */
  number = 0
  /** How many own steps were confirmed since the text was opened. */
  confirmedCount = 0
  private core: Node | null = null
  private readonly listeners = new Set<(update: Update) => void>()

  constructor(private readonly options: DraftLineOptions) {}

  onUpdate(listener: (update: Update) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  unconfirmed(): readonly Unconfirmed[] {
    return this.state ? unconfirmedSteps(this.state) : []
  }

  apply(tr: Transaction): void {
    this.update(this.state!.apply(tr), tr)
  }

  /** Core has the first `count` unconfirmed steps. */
  confirm(count: number): void {
    this.core = applyAll(this.core!, this.unconfirmed().slice(0, count))
    this.number += count
    this.confirmedCount += count
    this.apply(receive(this.state!, [], count).tr)
  }

  /** Core went on to `number` by steps that are not from here. False where others came before these: then only an opening helps. */
  follow(steps: readonly DraftStep[], number: number, proposals: readonly ProposalView[]): boolean {
    if (number - steps.length !== this.number) return false
    const remote = steps.map(({ step }) => Step.fromJSON(this.state!.schema, step))
    this.core = applyAll(this.core!, remote.map((step) => ({ step })))
    this.number = number
    this.receive(remote, 0, proposals)
    return true
  }

  /** Takes over what an opening says, below everything that core does not have yet; the first `arrived` unconfirmed steps are in it. */
  adopt(view: DraftView, arrived: number): void {
    const target = this.options.parse(view.doc)
    if (!this.state) {
      const state = EditorState.create({ doc: target, plugins: [unconfirmedPlugin(), ...(this.options.plugins ?? [])] })
      const { tr } = state
      this.options.showProposals?.(tr, { proposals: view.proposals, core: target, mapping: new Mapping() })
      this.core = target
      this.update(state.apply(tr), null)
    } else {
      const reached = applyAll(this.core!, this.unconfirmed().slice(0, arrived))
      this.core = target
      this.confirmedCount += arrived
      this.receive(differenceSteps(reached, target), arrived, view.proposals)
    }
    this.number = view.number
  }

  /** Makes one change of all that core does not have: for steps that core refuses, so that a fault in one of them never holds back the words. */
  joinUnconfirmed(): void {
    const { state } = this
    if (!state) return
    const origin = this.unconfirmed().find((one) => one.origin !== 'typed')?.origin ?? 'typed'
    let doc = this.core!
    const joined = differenceSteps(doc, state.doc).map((step) => {
      const inverted = step.invert(doc)
      doc = step.apply(doc).doc!
      return { step, inverted, origin }
    })
    this.apply(replaceUnconfirmed(state.tr, joined))
  }

  private receive(steps: readonly Step[], confirmed: number, proposals: readonly ProposalView[]): void {
    const { tr, rest } = receive(this.state!, steps, confirmed)
    this.options.showProposals?.(tr, { proposals, core: this.core!, mapping: new Mapping(rest.map(({ step }) => step.getMap())) })
    this.apply(tr)
  }

  private update(state: EditorState, tr: Transaction | null): void {
    this.state = state
    for (const listener of [...this.listeners]) listener({ state, tr })
  }
}

function applyAll(doc: Node, steps: readonly { step: Step }[]): Node {
  return steps.reduce((current, { step }) => {
    const result = step.apply(current)
    if (!result.doc) throw new Error(`a step does not apply: ${result.failed ?? ''}`)
    return result.doc
  }, doc)
}
