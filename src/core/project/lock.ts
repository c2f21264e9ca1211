import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { Connection } from './connection.js'
import { hashOf } from './hashing.js'

/** After this long without a write the log is taken into the file, so that copying the file is safe, in milliseconds [LOCK1]. */
const IDLE_BEFORE_CHECKPOINT = 2000

/** Takes the write-ahead log into the file once nothing was written for a while. */
export class IdleCheckpoint {
  private timer: NodeJS.Timeout | null = null

  constructor(private readonly connection: Connection, private readonly off: boolean) {}

  start(): void {
    this.pause()
    if (this.off) return
    this.timer = setTimeout(() => this.checkpoint(), IDLE_BEFORE_CHECKPOINT)
    this.timer.unref()
  }

  pause(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  stop(): void {
    this.pause()
  }

  private checkpoint(): void {
    const { database } = this.connection
    if (!database.open || database.inTransaction) return
    try {
      database.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      // A full disk: everything is in the log already, and the next idle moment tries again.
    }
  }
}

/** What a cleanly closed file looks like: its header, size and time of change. The file must not be open here. */
export function fingerprintOf(path: string): { fingerprint: string; size: number } {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, 100, 0)
  } finally {
    closeSync(file)
  }
  const { size, mtimeNs } = statSync(path, { bigint: true })
  return { fingerprint: hashOf(`${header.toString('hex')} ${size} ${mtimeNs}`), size: Number(size) }
}

/**
 * Takes everything into the one file and closes it, so that no log lies beside it. Answers what the file looks like, or
 * null where it was only read or something is left (then the next opening checks it).
 */
export async function closeConnection(connection: Connection, path: string, readOnly: boolean): Promise<{ fingerprint: string; size: number } | null> {
  if (readOnly) {
    connection.database.close()
    return null
  }
  let isClean = false
  try {
    connection.database.pragma('wal_checkpoint(TRUNCATE)')
    isClean = connection.database.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
  } catch {
    isClean = false
  }
  connection.database.close()
  return isClean ? fingerprintOf(path) : null
}
