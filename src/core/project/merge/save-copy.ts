import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { StudioError, type HeadSignature, type Sha256 } from '../../../contract/index.js'
import { createDatabase } from '../connect.js'
import { syncFolderOf } from '../create.js'
import type { Connection } from '../connection.js'
import { toStudioError } from '../failures.js'
import { exists } from '../private-copy.js'
import type { OpenProject } from '../project-writer.js'
import { rebuildProjections } from '../projections/rebuild.js'
import { writeSignature } from '../recording.js'
import { Slices } from '../slices.js'
import { packedRows, writeBody } from '../store.js'

/** Bytes that one transaction of the new file takes at most: a large one would hold up everything else when it ends. */
const BATCH = 4 * 1024 * 1024

/** How to stop it, and who hears how far it is (0–1). */
export interface CopyRun { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void }

/** What a copy is called until it is whole. */
const partialOf = (target: string): string => `${target}.partial`

/** Takes away what a copy that never became whole left. */
export function removePartialCopy(target: string): void {
  for (const ending of ['', '-journal']) rmSync(partialOf(target) + ending, { force: true })
}

/**
 * Writes a new file with everything that commits name, and without drafts, undo and other local rows [DRAFT1]. Built
 * from the primary tables, never by deleting from a byte copy, in which deleted words would still lie. The file has its
 * name only when it is whole. Errors: `project-exists`, `not-found` (the folder), `no-permission`, `disk-full`, `cancelled`.
 */
export async function saveCopy(project: OpenProject, target: string, run: CopyRun = {}): Promise<void> {
  if (await exists(target)) throw new StudioError('project-exists', { path: target })
  const partial = partialOf(target)
  const removals = (): number => project.factsAll('removal').length
  let connection: Connection | null = null
  try {
    // What is written while the copy is made is not in it, except that a removal in between would leave holes.
    for (let before = -1; before !== removals();) {
      before = removals()
      connection?.database.close()
      rmSync(partial, { force: true })
      closeSync(openSync(partial, 'wx'))
      connection = createDatabase(partial, true)
      // Nobody reads it before it is whole, and what fails is thrown away: it needs no journal, and is synced once, at its end.
      connection.database.pragma('synchronous = OFF')
      connection.database.pragma('journal_mode = OFF')
      await fillCopy(project.connection, connection, run)
    }
    connection?.database.close()
    await syncFile(partial)
    if (await exists(target)) throw new StudioError('project-exists', { path: target })
    renameSync(partial, target)
    syncFolderOf(target)
  } catch (error) {
    if (connection?.database.open) connection.database.close()
    removePartialCopy(target)
    throw toStudioError(target, error)
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** Counts bytes that were copied against those that the file has, and the showing of its history after that. */
function progressOf({ onProgress }: CopyRun, from: Connection) {
  const sum = (sql: string): number => from.get<{ sum: number | null }>(sql)!.sum ?? 0
  const commits = sum('SELECT count(*) AS sum FROM commits')
  // A row costs as much as some bytes of a picture.
  const rows = 2000
  const all = sum('SELECT sum(size) AS sum FROM blobs WHERE named = 1') + rows * (2 * commits + sum('SELECT count(*) AS sum FROM facts') + sum('SELECT count(*) AS sum FROM blocks'))
  let done = 0
  const add = (amount: number): void => {
    done += amount
    onProgress?.(Math.min(1, done / Math.max(1, all)))
  }
  return { row: () => add(rows), bytes: add }
}

/** Rows of a table in the order in which they were written, some at a time. */
function* pages<Row extends { readonly rowid: number }>(from: Connection, sql: string): Generator<Row> {
  for (let last = 0; ;) {
    const page = from.all<Row>(`${sql} ORDER BY rowid LIMIT 200`, last)
    yield* page
    if (page.length === 0) return
    last = page.at(-1)!.rowid
  }
}

async function fillCopy(from: Connection, to: Connection, run: CopyRun): Promise<void> {
  const slices = new Slices(8, run.signal)
  const copied = progressOf(run, from)
  let waiting = 0
  const batch = async (bytes: number, write: () => void): Promise<void> => {
    if (waiting === 0) to.database.exec('BEGIN IMMEDIATE')
    write()
    waiting += bytes
    if (waiting >= BATCH) {
      to.database.exec('COMMIT')
      waiting = 0
    }
    await slices.breathe()
  }
  for (const table of ['commits', 'facts', 'blocks'] as const) {
    for (const { hash, packed } of packedRows(from, table)) {
      await batch(packed.body.length + 1, () => writeBody(to, table, hash, packed))
      copied.row()
    }
  }
  for (const signature of from.all<HeadSignature>('SELECT replica, number, hash, signature FROM signatures')) {
    await batch(100, () => writeSignature(to, signature))
  }
  for (
    const blob of pages<{ rowid: number; hash: Sha256; size: number }>(from, 'SELECT id AS rowid, hash, size FROM blobs WHERE id > ? AND named = 1 AND hash IS NOT NULL')
  ) {
    await batch(1, () => to.run('INSERT INTO blobs (id, hash, size, named) VALUES (?, ?, ?, 1)', blob.rowid, blob.hash, blob.size))
    let read = 0
    for (let position = 0; read < blob.size; position++) {
      const chunk = from.get<{ bytes: Uint8Array }>('SELECT bytes FROM chunks WHERE blob = ? AND position = ?', blob.rowid, position)
      if (chunk === undefined || chunk.bytes.length === 0) break
      read += chunk.bytes.length
      const at = position
      await batch(chunk.bytes.length, () => to.run('INSERT INTO chunks (blob, position, bytes) VALUES (?, ?, ?)', blob.rowid, at, chunk.bytes))
      copied.bytes(chunk.bytes.length)
    }
  }
  if (waiting > 0) to.database.exec('COMMIT')
  await to.longTransaction(() => rebuildProjections(to, slices, copied.row))
}
