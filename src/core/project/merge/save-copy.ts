import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
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
import { readPacked, writeBody } from '../store.js'

/** Bytes that one transaction of the new file takes at most. */
const BATCH = 32 * 1024 * 1024

/**
 * Writes a new file with everything that commits name, and without drafts, undo and other local rows [DRAFT1]. Built
 * from the primary tables, never by deleting from a byte copy, in which deleted words would still lie. The file has its
 * name only when it is whole. Errors: `project-exists`, `not-found` (the folder), `no-permission`, `disk-full`.
 */
export async function saveCopy(project: OpenProject, target: string): Promise<void> {
  if (await exists(target)) throw new StudioError('project-exists', { path: target })
  const partial = `${target}.partial`
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
      await fillCopy(project.connection, connection)
    }
    connection?.database.close()
    if (await exists(target)) throw new StudioError('project-exists', { path: target })
    renameSync(partial, target)
    syncFolderOf(target)
  } catch (error) {
    if (connection?.database.open) connection.database.close()
    rmSync(partial, { force: true })
    rmSync(`${partial}-journal`, { force: true })
    throw toStudioError(target, error)
  }
}

async function fillCopy(from: Connection, to: Connection): Promise<void> {
  const slices = new Slices()
  let open = 0
  const batch = async (bytes: number, write: () => void): Promise<void> => {
    if (open === 0) to.database.exec('BEGIN IMMEDIATE')
    write()
    open += bytes
    if (open >= BATCH) {
      to.database.exec('COMMIT')
      open = 0
    }
    await slices.breathe()
  }
  for (const [table, key] of [['commits', 'hash'], ['facts', 'id'], ['blocks', 'hash']] as const) {
    for (const { hash } of from.all<{ hash: Sha256 }>(`SELECT ${key} AS hash FROM ${table} ORDER BY rowid`)) {
      const packed = readPacked(from, table, hash)
      if (packed !== undefined) await batch(packed.body.length + 1, () => writeBody(to, table, hash, packed))
    }
  }
  for (const signature of from.all<HeadSignature>('SELECT replica, number, hash, signature FROM signatures')) {
    await batch(100, () => writeSignature(to, signature))
  }
  for (
    const blob of from.all<{ id: number; hash: Sha256; size: number }>('SELECT id, hash, size FROM blobs WHERE named = 1 AND hash IS NOT NULL ORDER BY id')
  ) {
    await batch(1, () => to.run('INSERT INTO blobs (id, hash, size, named) VALUES (?, ?, ?, 1)', blob.id, blob.hash, blob.size))
    let read = 0
    for (let position = 0; read < blob.size; position++) {
      const chunk = from.get<{ bytes: Uint8Array }>('SELECT bytes FROM chunks WHERE blob = ? AND position = ?', blob.id, position)
      if (chunk === undefined || chunk.bytes.length === 0) break
      read += chunk.bytes.length
      const at = position
      await batch(chunk.bytes.length, () => to.run('INSERT INTO chunks (blob, position, bytes) VALUES (?, ?, ?)', blob.id, at, chunk.bytes))
    }
  }
  if (open > 0) to.database.exec('COMMIT')
  await to.longTransaction(() => rebuildProjections(to, slices))
}
