import { createHash } from 'node:crypto'
import { StudioError, type DraftStep, type FactId, type OpenPiece, type OriginRun, type ProposalView } from '../../contract/index.js'
import {
  applySteps, createMapping, emptyDocument, fromBlocks, insertedRanges, mapOrigin, mapSteps, mapThroughDiff, OpenPieces, parseDocument, schemaVersion, toBlocks, upcastBlocks,
  type DocumentNode, type Mapping, type PieceOutcome,
} from '../../document/index.js'
import type { DraftRow, DraftWrite, ProjectReader } from '../project/index.js'

/** Steps after which the file's draft is folded into one document [DRAFT1]. */
const FOLD_EVERY = 200
/** How many steps back core knows who sent them, to tell a step sent twice from somebody else's. */
const REMEMBERED_AUTHORS = 1000

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What a draft row keeps beside the document: open pieces by proposal, and who sent the last steps. */
interface Kept {
  pieces: Record<FactId, unknown>
  authors: [session: string, from: number, to: number][]
  reversals?: Reversal[]
}

/** What takes an accepted piece out of the draft again [UNDO1], led through all that happened since. */
export interface Reversal {
  readonly proposal: FactId
  readonly piece: number
  /** Steps to apply; empty once the words around are gone. */
  steps: readonly unknown[]
  /** The words that they take out: where somebody wrote into them, they stay. */
  readonly words: string
  /** How long the old words were that come back. */
  readonly oldSize: number
}

/** Reversals that are kept; older acceptances are left to typing. */
const KEPT_REVERSALS = 200

/** The session name under which core itself changes a draft (undo, restore, merge). */
export const CORE_SESSION = 'core'

/**
 * The draft of one text while it is in use: the document with open pieces rejected, its origin runs, and the open
 * pieces of every proposal mapped through each step. Holds no lock of its own: `Drafts` calls it one after the other.
 */
export class LiveDraft {
  readonly item: FactId
  base: FactId | null
  doc: DocumentNode
  number: number
  origin: readonly OriginRun[]
  keptAt: number | null
  readonly pieces = new Map<FactId, OpenPieces>()
  /** The session that writes; others follow. */
  writer: string | null = null
  readonly sessions = new Set<string>()
  private authors: Kept['authors']
  private reversals: Reversal[]
  /** Steps since the whole draft was written; endless for a draft that the file does not hold yet. */
  private stepsSinceFold: number
  /** What happened to the document since a job asked, so that its pieces land on today's text. */
  private readonly trackers = new Map<string, Mapping>()

  private constructor(item: FactId, row: Pick<DraftRow, 'base' | 'foldedAt' | 'origin'> & { keptAt: number | null }, doc: DocumentNode, kept: Kept) {
    this.item = item
    this.base = row.base
    this.doc = doc
    this.number = row.foldedAt
    this.origin = row.origin
    this.keptAt = row.keptAt
    this.authors = kept.authors
    this.reversals = kept.reversals ?? []
    this.stepsSinceFold = Infinity
    for (const [proposal, json] of Object.entries(kept.pieces)) this.pieces.set(proposal, OpenPieces.fromJSON(json))
  }

  /** Reads the draft that the file holds, or begins one from the item's head. */
  static load(project: ProjectReader, item: FactId): LiveDraft {
    const row = project.draft(item)
    if (row) {
      const draft = new LiveDraft(item, row, parseDocument(JSON.parse(row.doc)), JSON.parse(row.pieces) as Kept)
      const steps = row.steps.map((text) => JSON.parse(text) as DraftStep & { session: string })
      for (const step of steps) draft.apply([step], step.session)
      draft.stepsSinceFold = steps.length
      return draft
    }
    const head = project.item(item)?.heads[0] ?? null
    const version = head ? project.version(head) : null
    const origin = version?.content.type === 'text' ? (version.content.origin ?? []) : []
    const doc = head ? readVersion(project, head) : emptyDocument()
    return new LiveDraft(item, { base: head, foldedAt: 0, origin, keptAt: null }, doc, { pieces: {}, authors: [] })
  }

  /**
   * Leaves out those of `steps` that this session sent before, and refuses what does not follow on core's number.
   * Errors: `stale-draft`.
   */
  newSteps(session: string, number: number, steps: readonly DraftStep[]): readonly DraftStep[] {
    const known = this.number - number
    const stale = () => new StudioError('stale-draft', { item: this.item, expected: this.number, got: number })
    if (known < 0) throw stale()
    if (known === 0) return steps
    const from = Math.max(number, this.authors[0]?.[1] ?? this.number)
    const sentBySession = this.authors.every(([author, start, end]) => author === session || end <= from || start >= this.number)
    if (from > number || !sentBySession || known > steps.length) throw stale()
    return steps.slice(known)
  }

  /** The number after the last step that a session appended, where it is remembered. */
  appendedBy(session: string): number | undefined {
    return this.authors.findLast(([author]) => author === session)?.[2]
  }

  /** Applies steps to the document, the origin runs and every open piece. Errors: `bad-input` for a step that does not fit. */
  apply(steps: readonly DraftStep[], session: string): Mapping {
    const before = this.number
    const mapping = createMapping()
    for (const run of runsOfOneOrigin(steps)) {
      const applied = applySteps(this.doc, run.map((one) => one.step))
      this.origin = mapOrigin(this.origin, applied.mapping, insertedRanges(applied.mapping, applied.doc), run[0]!.origin)
      this.doc = applied.doc
      mapping.appendMapping(applied.mapping)
    }
    const doc = this.doc
    for (const reversal of this.reversals) reversal.steps = mapSteps(reversal.steps, mapping)
    for (const [proposal, pieces] of this.pieces) this.pieces.set(proposal, pieces.map(mapping, doc))
    for (const tracked of this.trackers.values()) tracked.appendMapping(mapping)
    this.number += steps.length
    this.stepsSinceFold += steps.length
    const last = this.authors.at(-1)
    if (last && last[0] === session && last[2] === before) last[2] = this.number
    else this.authors.push([session, before, this.number])
    while (this.authors.length > 1 && this.authors[0]![2] < this.number - REMEMBERED_AUTHORS) this.authors.shift()
    return mapping
  }

  /** What has to be written after `steps` were applied: the steps, or now and then the whole draft. */
  writeAfter(steps: readonly DraftStep[], session: string, keptAt: number): DraftWrite {
    this.keptAt = keptAt
    if (this.stepsSinceFold >= FOLD_EVERY || steps.length === 0) return this.fold(keptAt)
    return { type: 'append', item: this.item, number: this.number - steps.length, keptAt, steps: steps.map((one) => JSON.stringify({ ...one, session })) }
  }

  fold(keptAt: number): DraftWrite {
    this.keptAt = keptAt
    this.stepsSinceFold = 0
    const kept: Kept = { pieces: Object.fromEntries([...this.pieces].map(([id, pieces]) => [id, pieces.toJSON()])), authors: this.authors, reversals: this.reversals }
    return {
      type: 'fold',
      draft: { item: this.item, base: this.base, foldedAt: this.number, doc: JSON.stringify(this.doc.toJSON()), origin: this.origin, steps: [], pieces: JSON.stringify(kept), keptAt },
    }
  }

  /** Blocks of the document as a version holds them. */
  content(): { hashes: string[]; blocks: string[]; schema: number } {
    return { ...toBlocks(this.doc, sha256), schema: schemaVersion }
  }

  keepReversal(reversal: Reversal): void {
    this.reversals = [...this.reversals, reversal].slice(-KEPT_REVERSALS)
  }

  takeReversal(proposal: FactId, piece: number): Reversal | null {
    const found = this.reversals.findLast((one) => one.proposal === proposal && one.piece === piece) ?? null
    this.reversals = this.reversals.filter((one) => one !== found)
    return found
  }

  track(job: string, mapping: Mapping): void {
    this.trackers.set(job, mapping)
  }

  untrack(job: string): Mapping | null {
    const mapping = this.trackers.get(job) ?? null
    this.trackers.delete(job)
    return mapping
  }

  get inUse(): boolean {
    return this.sessions.size > 0 || this.trackers.size > 0
  }
}

/** Steps parted where the origin of their words changes. */
function runsOfOneOrigin(steps: readonly DraftStep[]): DraftStep[][] {
  const runs: DraftStep[][] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last && last[0]!.origin === step.origin) last.push(step)
    else runs.push([step])
  }
  return runs
}

/** The document of a text version, upcast to today's schema. Errors: `not-found`, `project-damaged`. */
export function readVersion(project: ProjectReader, version: FactId): DocumentNode {
  const row = project.version(version)
  if (!row || row.content.type !== 'text') throw new StudioError('not-found', { what: 'version', id: version })
  return fromBlocks(upcastBlocks(row.content.schema, [...project.blocks(version)]))
}

/** Pieces of a proposal on a text that has no steps from its base: mapped through the difference [PROP1]. */
export function piecesThroughDiff(project: ProjectReader, proposal: FactId, current: DocumentNode, outcomes: ReadonlyMap<number, PieceOutcome>): OpenPieces {
  const found = project.fact('proposal', proposal)
  if (!found) throw new StudioError('not-found', { what: 'proposal', id: proposal })
  const base = readVersion(project, found.fact.base)
  return OpenPieces.fromProposal(base, found.fact.pieces, { proposal, outcomes }).map(mapThroughDiff(base, current), current)
}

export function viewProposal(project: ProjectReader, id: FactId, pieces: OpenPieces): ProposalView {
  const found = project.fact('proposal', id)
  if (!found) throw new StudioError('not-found', { what: 'proposal', id })
  const { fact } = found
  const views: OpenPiece[] = pieces.views()
  return { id, item: fact.item, title: fact.title, at: fact.at, base: fact.base, recipe: fact.recipe, pieces: views }
}
