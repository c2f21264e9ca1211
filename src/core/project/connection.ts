import type Database from 'better-sqlite3'
import { toStudioError } from './failures.js'

type Value = string | number | bigint | Uint8Array | null

/**
 * Sizes of the page cache, in the way of `PRAGMA cache_size`. The system holds pages as well, and what is kept here after
 * long reading is memory that nothing else gets back; a long transaction comes back to its pages again and again.
 */
export const usualCache = -16_384
const longCache = -65_536

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
      const result = await work()
      this.database.exec('COMMIT')
      return result
    } catch (error) {
      this.rollback()
      throw toStudioError(this.path, error)
    } finally {
      this.database.pragma(`cache_size = ${usualCache}`)
    }
  }

  private rollback(): void {
    // A full disk makes SQLite roll back by itself; rolling back twice would hide the reason.
    if (this.database.open && this.database.inTransaction) this.database.exec('ROLLBACK')
  }
}
