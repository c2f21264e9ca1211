import { StudioError, type Fact, type FactId, type FactOf, type RegisterWrite, type Sha256 } from '../../contract/index.js'
import { streamBlob } from './blobs.js'
import { Causality } from './causality.js'
import { prepareChange } from './change.js'
import { sealCommit } from './commit-log.js'
import type { Connection } from './connection.js'
import { applyDraftWrites } from './drafts.js'
import { toStudioError } from './failures.js'
import { canonicalText } from './hashing.js'
import { closeConnection, IdleCheckpoint } from './lock.js'
import { nameHolder, releaseFile } from './open-files.js'
import { OwnLine, signHead } from './own-line.js'
import { ProjectReading } from './project-reader.js'
import { record, writeSignature } from './recording.js'
import { giveSpaceBack, planRemoval } from './removal.js'
import { sameKey } from './signatures.js'
import { Slices, WriteQueue } from './slices.js'
import type { Author, Change, DraftWrite, ProjectWriter, ReplicaMemory, UndoRun } from './types.js'
import { compensate, itemsOfStep, markStep, nextStep, rememberStep, valuesBefore } from './undo.js'

export interface Opening {
  readonly connection: Connection
  readonly path: string
  /** Name of this file for the replica memory; null where it is not remembered (a copy in the cache). */
  readonly identity: string | null
  readonly memory: ReplicaMemory
  readonly author: Author | null
  readonly clock: () => number
  readonly readOnly: boolean
  readonly notices: readonly string[]
  readonly cacheDir: string
  /** Run after closing, whatever else fails: takes a private copy away. */
  readonly afterClose?: () => Promise<void>
}

/** An open project. All writing goes through one queue; each write is one transaction. */
export class OpenProject extends ProjectReading implements ProjectWriter {
  readonly causality: Causality
  readonly queue = new WriteQueue()
  private readonly idle: IdleCheckpoint
  readonly line: OwnLine
  private author: Author | null
  private closing: Promise<void> | null = null

  constructor(readonly opening: Opening) {
    super(opening.connection, opening.path, opening.readOnly, opening.notices)
    this.causality = new Causality(opening.connection)
    this.idle = new IdleCheckpoint(opening.connection, opening.readOnly)
    this.author = opening.author
    this.line = new OwnLine(opening.connection, opening.memory, opening.identity)
    if (opening.author !== null && !opening.readOnly) this.line.of(opening.author)
    nameHolder(opening.path, this)
  }

  protected override undoPerson(): string | null {
    return this.author?.person ?? null
  }

  /** Takes work into the write queue. Errors: `project-read-only`, `not-found` where the project is closed. */
  write<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.readOnly) return Promise.reject(new StudioError('project-read-only', { path: this.path }))
    if (this.closing !== null) return Promise.reject(new StudioError('not-found', { what: 'project', id: this.path }))
    return this.queue.add(async () => {
      this.idle.pause()
      try {
        return await work()
      } catch (error) {
        throw toStudioError(this.path, error)
      } finally {
        this.idle.start()
      }
    })
  }

  commit(change: Change): Promise<{ hash: Sha256; facts: readonly FactId[] }> {
    return this.write(() => this.commitNow(change))
  }

  /** Writes the first commit of a new project. */
  begin(project: FactOf<'project'>, author: Author): Promise<{ hash: Sha256; facts: readonly FactId[] }> {
    return this.write(() => this.commitNow({ label: 'undo.create', author, facts: [project], sign: true, undoable: false }, undefined, true))
  }

  /** Writes a commit; only from within the write queue. `beside` runs in its transaction, instead of remembering a step. */
  async commitNow(
    change: Change, beside?: (hash: Sha256) => void, isBeginning = false, { signal, onStep }: { signal?: AbortSignal; onStep?: () => void } = {}
  ): Promise<{ hash: Sha256; facts: readonly FactId[] }> {
    const slices = new Slices(8, signal)
    const prepared = await prepareChange(
      this.connection, { ...change, facts: [...this.introduction(change.author), ...change.facts ?? []] }, slices, isBeginning
    )
    const removed = prepared.facts.flatMap(({ fact }) => (fact.kind === 'removal' ? [fact.version] : []))
    const removal = removed.length === 0 ? null : await planRemoval(this.connection, new Set(removed), slices)
    const before = valuesBefore(this.connection, prepared.registers)
    const facts = prepared.facts.slice(prepared.facts.length - (change.facts?.length ?? 0)).map(({ id }) => id)
    const line = this.line.of(change.author)
    const now = this.opening.clock()
    const sealed = sealCommit(this.connection, line, change.author, now, prepared.facts.map(({ id }) => id), prepared.registers)
    const isDue = change.sign === true || this.line.isSignatureDue(line, now)
    const signature = isDue ? await signHead({ replica: sealed.commit.replica, number: sealed.commit.number, hash: sealed.hash }, change.author) : null
    await record(this.connection, this.causality, {
      sealed, prepared, label: change.label, signature, drafts: change.drafts ?? [], removal,
      beside: () => {
        if (beside !== undefined) beside(sealed.hash)
        else if (change.undoable !== false && removed.length === 0 && facts.length + prepared.registers.length > 0) {
          rememberStep(this.connection, change.label, change.author.person, { facts, registers: prepared.registers.map((write) => asChange(write, before)) })
        }
      },
    }, slices, onStep)
    this.line.wrote(sealed, change.author, signature !== null, now)
    this.author = change.author
    if (removal !== null) await giveSpaceBack(this.connection, slices)
    return { hash: sealed.hash, facts }
  }

  /** A person's name and key come with their first commit and whenever they change. */
  private introduction(author: Author): Fact[] {
    const known = this.connection.get<{ name: string; key: string }>('SELECT name, key FROM people WHERE person = ?', author.person)
    if (known !== undefined && known.name === author.name && sameKey(known.key, author.signer.publicKey)) return []
    return [{ kind: 'person', at: this.opening.clock(), by: author.person, person: author.person, name: author.name, key: author.signer.publicKey }]
  }

  writeDrafts(drafts: readonly DraftWrite[]): Promise<void> {
    return this.write(async () => this.connection.transaction(() => applyDraftWrites(this.connection, drafts)))
  }

  async writeBlob(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<{ hash: Sha256; size: number }> {
    return streamBlob(this.connection, source, (work) => this.write(async () => this.connection.transaction(work)))
  }

  writeThumbnail(hash: Sha256, webp: Uint8Array): void {
    if (this.readOnly) throw new StudioError('project-read-only', { path: this.path })
    try {
      this.connection.run('INSERT OR REPLACE INTO thumbnails (hash, bytes) VALUES (?, ?)', hash, webp)
    } catch (error) {
      throw toStudioError(this.path, error)
    }
    this.idle.start()
  }

  undo(author: Author, run?: UndoRun) { return this.compensateStep(author, 'undo', false, run) }
  redo(author: Author, run?: UndoRun) { return this.compensateStep(author, 'redo', false, run) }

  /** Undo and redo are commits of their own [UNDO1]. `merge`: only the newest step that was a merge. */
  compensateStep(author: Author, direction: 'undo' | 'redo', merge = false, { signal, onProgress }: UndoRun = {}): Promise<{ label: string; items: readonly FactId[] }> {
    return this.write(async () => {
      const step = nextStep(this.connection, author.person, direction, merge)
      if (step === null) throw new StudioError('nothing-to-undo', { detail: direction })
      let done = 0
      // Looking at what the step did takes about a quarter of the time of writing that down.
      const all = 5 * (step.changes.facts.length + step.changes.registers.length)
      const count = (more: number) => () => onProgress?.(Math.min(1, (done += more) / Math.max(1, all)))
      const registers: RegisterWrite[] = await compensate(this.connection, step, direction, new Slices(8, signal), count(1))
      await this.commitNow(
        { label: step.label, author, registers, undoable: false }, () => markStep(this.connection, step, direction), false, { signal, onStep: count(4) }
      )
      return { label: step.label, items: itemsOfStep(this.connection, step) }
    })
  }

  close(): Promise<void> {
    this.closing ??= this.queue.drain().then(() => this.closeNow())
    return this.closing
  }

  private async closeNow(): Promise<void> {
    this.idle.stop()
    try {
      if (!this.readOnly) {
        const signatures = await this.line.signRest()
        if (signatures.length > 0) this.connection.transaction(() => signatures.forEach((signature) => writeSignature(this.connection, signature)))
      }
      const clean = await closeConnection(this.connection, this.path, this.readOnly)
      if (clean !== null) this.line.remember(clean.fingerprint, clean.size)
    } finally {
      if (this.connection.database.open) this.connection.database.close()
      this.line.giveBack()
      releaseFile(this.path)
      await this.opening.afterClose?.()
    }
  }
}

const asChange = (write: RegisterWrite, before: ReadonlyMap<string, string>) => ({
  target: write.target, name: write.name, before: before.get(`${write.target} ${write.name}`) ?? 'null', after: canonicalText(write.value),
})
