import type { Sha256 } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { unpackForeign, type Packed } from '../packing.js'
import { commitHashes, packedRows, readPacked } from '../store.js'

/** A body of a file that nobody vouches for, and how it may be taken over: null as it is. */
export interface Foreign { readonly text: string; readonly anew: Packed | null }

/**
 * All commits of a file that nobody vouches for. Where a page of them cannot be read, what is left is looked up one by one, to lose no
 * more than what is damaged.
 */
export function* commitsLeniently(theirs: Connection): Generator<{ hash: Sha256; row: Foreign | null }> {
  const given = new Set<Sha256>()
  try {
    for (const { hash, packed } of packedRows(theirs, 'commits')) {
      given.add(hash)
      yield { hash, row: unpackLeniently(packed) }
    }
  } catch {
    for (const hash of commitHashes(theirs)) if (!given.has(hash)) yield { hash, row: readLeniently(theirs, 'commits', hash) }
  }
}

function unpackLeniently(packed: Packed): Foreign | null {
  try {
    return unpackForeign(packed)
  } catch {
    return null
  }
}

/** A body of a file that nobody vouches for, and how it may be taken over; null where it cannot be read. */
export function readLeniently(connection: Connection, table: 'commits' | 'facts' | 'blocks', hash: Sha256): Foreign | null {
  try {
    const row = readPacked(connection, table, hash)
    return row === undefined ? null : unpackForeign(row)
  } catch {
    return null
  }
}
