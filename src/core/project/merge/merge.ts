import { StudioError, type FactKind, type Sha256 } from '../../../contract/index.js'
import { streamBlob } from '../blobs.js'
import type { Connection } from '../connection.js'
import type { OpenProject } from '../project-writer.js'
import { hasValidOwnSignature } from '../signatures.js'
import { Slices } from '../slices.js'
import type { Author } from '../types.js'
import { compensate, hiddenAt, itemsOfStep, markStep, stepsSetAside, type UndoStep } from '../undo.js'
import { examine, type Findings, type Refusal } from './examine.js'
import { foreseeSecondHeads, itemsWithSecondHeads } from './heads.js'
import { counting, slicesOf, type MergeRun } from './run.js'
import { openSource } from './source.js'
import { summarise, touchedItems, unseenItems, type ItemChange, type PersonChange } from './summary.js'
import { takeOver } from './take-over.js'

/** What comes in, or came in. */
export interface MergeResult {
  readonly commits: number
  readonly items: number
  readonly versions: number
  readonly comments: number
  readonly decisions: number
  /** Items that have a second head from this merge, for a person to combine. */
  readonly secondHeads: number
  readonly refused: readonly Refusal[]
  /** A merge of this copy that was set aside by undo, by whom and when, and could be shown again [UNDO1]. */
  readonly setAside: { readonly person: string; readonly at: number | null; readonly facts: number } | null
}

/** A merge that was done, with the items that it touched. */
export interface MergeDone extends MergeResult { readonly touched: readonly Sha256[] }

/** A merge that could be done, with what each item would get (at most 500) and from whom. */
export interface MergePreview extends MergeResult { readonly changes: readonly ItemChange[]; readonly people: readonly PersonChange[] }

/**
 * Says what merging a copy would bring, and writes nothing [MERGE1]. Errors: those of opening a project;
 * `not-the-same-project`.
 */
export async function previewMerge(project: OpenProject, path: string, run: MergeRun = {}): Promise<MergePreview> {
  return withSource(project, path, run, async (source) => {
    const slices = slicesOf(run)
    const findings = await examine(project.connection, source, project.project().id, run)
    const secondHeads = await foreseeSecondHeads(project.connection, findings, slices)
    return {
      ...(await count(findings, slices)), ...(await summarise(project.connection, findings, secondHeads, slices)), secondHeads: secondHeads.size,
      setAside: describe(project, stepSetAside(project, findings)),
    }
  })
}

/**
 * Takes over all commits of a copy that are whole, in one transaction, and writes no commit of its own [MERGE1, MERGE2].
 * `showAgain`: what an undone merge of this copy brought is shown again, by one commit. Errors: as of `previewMerge`,
 * and `disk-full`, `project-read-only`, `cancelled`; then nothing came in.
 */
export async function mergeCopy(project: OpenProject, path: string, author: Author, options: MergeOptions = {}): Promise<MergeDone> {
  if (project.readOnly) throw new StudioError('project-read-only', { path: project.path })
  return withSource(project, path, options, (source) => mergeFrom(project, source, author, options))
}

interface MergeOptions extends MergeRun { readonly showAgain?: boolean }

/** The merge itself, from a connection to a file that nobody writes meanwhile. */
export async function mergeFrom(project: OpenProject, source: Connection, author: Author, options: MergeOptions = {}): Promise<MergeDone> {
  const lookedAt = changesSoFar(project.connection)
  const first = await examine(project.connection, source, project.project().id, options)
  const staged = await stageBlobs(project, source, first, options)
  return project.write(async () => {
    // Between the first look and here others may have written, and a removal may have come.
    const isAsBefore = changesSoFar(project.connection) === lookedAt
    const findings = isAsBefore ? first : await examine(project.connection, source, project.project().id, { signal: options.signal })
    const setAside = stepSetAside(project, findings)
    const before = itemsWithSecondHeads(project.connection)
    await takeOver(project, source, findings, author, options)
    // It is in: what follows heeds no signal.
    const slices = new Slices()
    const secondHeads = [...itemsWithSecondHeads(project.connection)].filter((item) => !before.has(item)).length
    if (options.showAgain === true && setAside !== null) {
      const registers = await compensate(project.connection, setAside, 'redo', slices)
      await project.commitNow({ label: setAside.label, author, registers, undoable: false }, () => markStep(project.connection, setAside, 'redo'))
    }
    const result = await count(findings, slices)
    const shown = options.showAgain && setAside !== null ? itemsOfStep(project.connection, setAside) : []
    const touched = [...new Set([...(await touchedItems(project.connection, findings, slices)), ...shown])]
    return { ...result, refused: [...result.refused, ...staged], secondHeads, setAside: describe(project, setAside), touched }
  })
}

/** Rows written through the one connection since it was opened: nobody else writes the file [LOCK1]. */
function changesSoFar(connection: Connection): number {
  return connection.get<{ changes: number }>('SELECT total_changes() AS changes')!.changes
}

/** Undoes the newest merge that is not undone: one commit hides what it brought and puts back the registers [UNDO1]. */
export function undoMerge(project: OpenProject, author: Author): Promise<{ label: string; items: readonly Sha256[] }> {
  return project.compensateStep(author, 'undo', true)
}

async function withSource<Result>(project: OpenProject, path: string, run: MergeRun, work: (source: Connection) => Promise<Result>): Promise<Result> {
  const source = await openSource(path, project.opening.cacheDir, run)
  try {
    return await work(source.connection)
  } catch (error) {
    // The source is read from a private copy; its path means nothing to anybody.
    if (error instanceof StudioError && error.code === 'not-the-same-project') throw new StudioError('not-the-same-project', { path }, { cause: error })
    throw error
  } finally {
    await source.close()
  }
}

async function count(findings: Findings, slices: Slices): Promise<Omit<MergeResult, 'secondHeads' | 'setAside'>> {
  const unseen = await unseenItems(findings, slices)
  const counts: Partial<Record<FactKind, number>> = {}
  for (const [id, { fact }] of findings.facts) {
    const isSeen = !unseen.has(id) && !('item' in fact && unseen.has(fact.item))
    if (isSeen && hasValidOwnSignature(fact)) counts[fact.kind] = (counts[fact.kind] ?? 0) + 1
    await slices.breathe()
  }
  const of = (kind: FactKind): number => counts[kind] ?? 0
  return { commits: findings.commits.length, items: of('item'), versions: of('version'), comments: of('comment'), decisions: of('decision'), refused: findings.refused }
}

function stepSetAside(project: OpenProject, findings: Findings): UndoStep | null {
  return stepsSetAside(project.connection).find((step) => step.changes.facts.some((id) => findings.named.has(id))) ?? null
}

const describe = (project: OpenProject, step: UndoStep | null): MergeResult['setAside'] => (step === null ? null : {
  person: project.personName(step.person), at: hiddenAt(project.connection, step.changes.facts), facts: step.changes.facts.length,
})

/** Blobs come first, each in transactions of its own; they count once the merge names them. */
async function stageBlobs(project: OpenProject, source: Connection, findings: Findings, run: MergeRun): Promise<Refusal[]> {
  const refused: Refusal[] = []
  const staged = counting(run, 'staging', [...findings.blobs.values()].reduce((sum, { size }) => sum + size, 0))
  for (const [hash, { id, size }] of findings.blobs) {
    const written = await streamBlob(project.connection, counted(chunksOf(source, id, size), staged, run), (work) => project.write(async () => project.connection.transaction(work)))
    if (written.hash !== hash) refused.push({ code: 'wrong-hash', detail: `blob ${hash}` })
  }
  return refused
}

async function* counted(chunks: Iterable<Uint8Array>, staged: (bytes: number) => void, { signal }: MergeRun): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (signal?.aborted) throw new StudioError('cancelled', {})
    yield chunk
    staged(chunk.length)
    // The writes are quick enough to follow each other without a turn of the event loop.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

function* chunksOf(source: Connection, id: number, size: number): Generator<Uint8Array> {
  let read = 0
  for (let position = 0; read < size; position++) {
    const chunk = source.get<{ bytes: Uint8Array }>('SELECT bytes FROM chunks WHERE blob = ? AND position = ?', id, position)
    if (chunk === undefined || chunk.bytes.length === 0) return
    read += chunk.bytes.length
    yield chunk.bytes
  }
}
