import type Database from 'better-sqlite3'
import { toStudioError } from './failures.js'
import { Slices } from './slices.js'

type Value = string | number | bigint | Uint8Array | null

/**
 * Sizes of the page cache, in the way of `PRAGMA cache_size`. The system holds pages as well, and what is kept here after
 * long reading is memory that nothing else gets back; a long transaction comes back to its pages again and again.
 */
export const usualCache = -16_384
const longCache = -65_536
/** SQLite's own, in pages of the log. */
const usualCheckpoint = 1000
/** In pages. */
const tinyCache = 16

/** More pages than the cache of a long transaction holds. */
const MOST_FLUSHED = 5000

/** Tables in which pages lie that may be looked at for nothing but their place in the cache. */
const LOOKED_AT = ['commits', 'facts', 'log'] as const

/** The one connection to a project file, with its statements kept prepared. */
export class Connection {
  private readonly statements = new Map<string, Database.Statement<Value[]>>()

  constructor(readonly database: Database.Database, readonly path: string) {}

  private statement(sql: string): Database.Statement<Value[]> {
    let statement = this.statements.get(sql)
    if (statement === undefined) {
      statement = this.database.prepare<Value[]>(sql)
      this.statements.set(sql, statement)
    }
    return statement
  }

  run(sql: string, ...values: Value[]): number {
    return this.statement(sql).run(...values).changes
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.statement(sql).get(...values) as Row | undefined
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.statement(sql).all(...values) as Row[]
  }

  /** One transaction without a pause in it. Rolled back whole on any error, which becomes a `StudioError`. */
  transaction<Result>(work: () => Result): Result {
    try {
      this.database.exec('BEGIN IMMEDIATE')
      const result = work()
      this.database.exec('COMMIT')
      return result
    } catch (error) {
      this.rollback()
      throw toStudioError(this.path, error)
    }
  }

  /** One transaction that lets the event loop breathe. Only under the project's write queue: readers see it half done. */
  async longTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      this.database.pragma(`cache_size = ${longCache}`)
      this.database.exec('BEGIN IMMEDIATE')
      const before = this.changes()
      const result = await work()
      await this.flush(this.changes() - before)
      // The log is taken into the file in a turn of its own.
      this.database.pragma('wal_autocheckpoint = 0')
      this.database.exec('COMMIT')
      await new Promise<void>((resolve) => setImmediate(resolve))
      this.checkpoint()
      return result
    } catch (error) {
      this.rollback()
      throw toStudioError(this.path, error)
    } finally {
      if (this.database.open) {
        this.database.pragma(`cache_size = ${usualCache}`)
        this.database.pragma(`wal_autocheckpoint = ${usualCheckpoint}`)
      }
    }
  }

  private changes(): number {
    return this.get<{ changes: number }>('SELECT total_changes() AS changes')!.changes
  }

  /**
   * Lets changed pages go to the disk a few at a time before a long transaction ends, which would write them all in one go and hold up
   * everything else. SQLite has no statement for that; but it writes a changed page wherever it needs its place. So the cache is made
   * small, and other pages are looked at. Where that writes fewer than it might, the end takes longer, and nothing else.
   */
  private async flush(changes: number): Promise<void> {
    const slices = new Slices()
    this.database.pragma(`cache_size = ${tinyCache}`)
    const lasts = LOOKED_AT.map((table) => this.get<{ last: number | null }>(`SELECT max(rowid) AS last FROM ${table}`)!.last ?? 0)
    for (let look = 0; look < Math.min(changes, MOST_FLUSHED); look++) {
      const [table, last] = [LOOKED_AT[look % LOOKED_AT.length]!, lasts[look % LOOKED_AT.length]!]
      // A prime step comes by pages that are far from each other.
      if (last > 0) this.get(`SELECT rowid FROM ${table} WHERE rowid = ?`, 1 + ((look * 7919) % last))
      await slices.breathe()
    }
  }

  /** What cannot be taken into the file now, as where the disk is full, stays in its log. */
  private checkpoint(): void {
    try {
      this.database.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // The next write, or the next idle moment, tries again.
    }
  }

  private rollback(): void {
    // A full disk makes SQLite roll back by itself; rolling back twice would hide the reason.
    if (this.database.open && this.database.inTransaction) this.database.exec('ROLLBACK')
  }
}
