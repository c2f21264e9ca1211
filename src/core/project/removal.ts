import type { FactId, Sha256 } from '../../contract/index.js'
import { removeBlob } from './blobs.js'
import type { Connection } from './connection.js'
import type { Slices } from './slices.js'
import { readFact } from './store.js'

/** Bytes that only removed versions name. */
export interface RemovalPlan { readonly blocks: ReadonlySet<Sha256>; readonly blobs: ReadonlySet<Sha256> }

/**
 * Finds the bytes that go with these versions: all that no other version names which stays [REMOVE1]. Looks at every
 * version of the project, in slices; under the write queue, so that nothing new names them meanwhile.
 */
export async function planRemoval(connection: Connection, versions: ReadonlySet<FactId>, slices: Slices): Promise<RemovalPlan> {
  const blocks = new Set<Sha256>()
  const blobs = new Set<Sha256>()
  for (const id of versions) {
    const fact = readFact(connection, id)
    if (fact?.kind !== 'version') continue
    if (fact.content.type === 'blob') blobs.add(fact.content.hash)
    else for (const hash of fact.content.blocks) blocks.add(hash)
  }
  for (const hash of blobs) {
    const others = connection.all<{ id: FactId }>('SELECT id FROM versions WHERE blob = ? AND removed = 0', hash)
    if (others.some((row) => !versions.has(row.id))) blobs.delete(hash)
  }
  let after = ''
  while (blocks.size > 0) {
    const rows = connection.all<{ id: FactId }>('SELECT id FROM versions WHERE id > ? AND removed = 0 AND blob IS NULL ORDER BY id LIMIT 200', after)
    for (const { id } of rows) {
      after = id
      if (versions.has(id)) continue
      const fact = readFact(connection, id)
      if (fact?.kind === 'version' && fact.content.type === 'text') for (const hash of fact.content.blocks) blocks.delete(hash)
      await slices.breathe()
    }
    if (rows.length === 0) break
  }
  return { blocks, blobs }
}

/** Takes the bytes away, inside a transaction during which `secure_delete` is on. */
export function applyRemoval(connection: Connection, plan: RemovalPlan): void {
  for (const hash of plan.blocks) {
    connection.run('DELETE FROM blocks WHERE hash = ?', hash)
    connection.run('DELETE FROM block_words WHERE hash = ?', hash)
  }
  for (const hash of plan.blobs) removeBlob(connection, hash)
}

/** Gives the space back to the disk, and takes the removed bytes out of the log file, too. */
export async function giveSpaceBack(connection: Connection, slices: Slices): Promise<void> {
  const free = (): number => connection.database.pragma('freelist_count', { simple: true }) as number
  for (let left = free(); left > 0;) {
    connection.database.pragma('incremental_vacuum(64)')
    const now = free()
    if (now >= left) break
    left = now
    await slices.breathe()
  }
  connection.database.pragma('wal_checkpoint(TRUNCATE)')
}
