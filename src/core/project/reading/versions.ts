import { StudioError, type FactId, type Sha256 } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { readBody, readFact } from '../store.js'
import type { Page, VersionRow } from '../types.js'

interface Stored { id: FactId; item: FactId; ordinal: number; words: number; beginning: string; hidden: number; removed: number }

const columns = 'id, item, ordinal, words, beginning, hidden, removed'

function toRow(connection: Connection, row: Stored, heads: readonly FactId[]): VersionRow {
  const fact = readFact(connection, row.id)
  if (fact?.kind !== 'version') throw new StudioError('project-damaged', { path: connection.path, detail: `version ${row.id} cannot be read` })
  return {
    id: row.id, item: row.item, ordinal: row.ordinal, fact, content: fact.content, isHead: heads.includes(row.id), hidden: row.hidden === 1,
    removed: row.removed === 1, words: row.words, beginning: row.beginning,
  }
}

function headsOfItem(connection: Connection, item: FactId): readonly FactId[] {
  const row = connection.get<{ heads: string }>('SELECT heads FROM items WHERE id = ?', item)
  return row === undefined ? [] : JSON.parse(row.heads) as FactId[]
}

/** Versions of an item that are not hidden, newest first, those before ordinal `page.before`, without the first `page.offset`. */
export function readVersions(connection: Connection, item: FactId, page: Page): readonly VersionRow[] {
  const rows = connection.all<Stored>(`SELECT ${columns} FROM versions WHERE item = ? AND hidden = 0 AND ordinal < ? ORDER BY ordinal DESC LIMIT ? OFFSET ?`,
    item, page.before ?? Number.MAX_SAFE_INTEGER, page.limit, page.offset ?? 0)
  const heads = headsOfItem(connection, item)
  return rows.map((row) => toRow(connection, row, heads))
}

/** A version, hidden or not. */
export function readVersion(connection: Connection, id: FactId): VersionRow | null {
  const row = connection.get<Stored>(`SELECT ${columns} FROM versions WHERE id = ?`, id)
  return row === undefined ? null : toRow(connection, row, headsOfItem(connection, row.item))
}

/** A version's number in its item; 0 where the file does not hold it. */
export function readOrdinal(connection: Connection, id: FactId): number {
  return connection.get<{ ordinal: number }>('SELECT ordinal FROM versions WHERE id = ?', id)?.ordinal ?? 0
}

export function readBlobOf(connection: Connection, id: FactId): Sha256 | null {
  return connection.get<{ blob: Sha256 | null }>('SELECT blob FROM versions WHERE id = ?', id)?.blob ?? null
}

/** Versions by id, in that order; those that the file does not hold are left out. */
export function readVersionsById(connection: Connection, ids: readonly FactId[]): readonly VersionRow[] {
  const heads = new Map<FactId, readonly FactId[]>()
  return ids.flatMap((id) => {
    const row = connection.get<Stored>(`SELECT ${columns} FROM versions WHERE id = ?`, id)
    if (row === undefined) return []
    const known = heads.get(row.item) ?? headsOfItem(connection, row.item)
    heads.set(row.item, known)
    return [toRow(connection, row, known)]
  })
}

/** Canonical JSON of a text version's blocks, in order. Errors: `not-found`, `project-damaged`. */
export function readBlocks(connection: Connection, id: FactId): readonly string[] {
  const fact = readFact(connection, id)
  if (fact?.kind !== 'version' || fact.content.type !== 'text') throw new StudioError('not-found', { what: 'version', id })
  return fact.content.blocks.map((hash: Sha256) => {
    const block = readBody(connection, 'blocks', hash)
    if (block !== null) return block
    const removed = connection.get<{ removed: number }>('SELECT removed FROM versions WHERE id = ?', id)?.removed === 1
    if (removed) throw new StudioError('not-found', { what: 'version', id })
    throw new StudioError('project-damaged', { path: connection.path, detail: `version ${id} has no text block ${hash}` })
  })
}

/** Versions whose recipe names this job, by output number; of two with one number the earlier. */
export function readOutputsOfJob(connection: Connection, job: string): ReadonlyMap<number, FactId> {
  const outputs = new Map<number, FactId>()
  for (const row of connection.all<{ output: number; version: FactId }>('SELECT output, version FROM job_outputs WHERE job = ? ORDER BY output, sort', job)) {
    if (!outputs.has(row.output)) outputs.set(row.output, row.version)
  }
  return outputs
}
