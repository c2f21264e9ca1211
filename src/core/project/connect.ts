import Database from 'better-sqlite3'
import { StudioError } from '../../contract/index.js'
import { Connection, usualCache } from './connection.js'
import { toStudioError } from './failures.js'
import { expectedSchema, migrate, newestVersion, SCHEMA_QUERY, schemaDifference, type Migration } from './schema/migrations.js'

export interface ConnectOptions {
  readonly readOnly: boolean
  /** A network or synced folder: a rollback journal instead of a log beside the file [LOCK1]. */
  readonly isShared: boolean
  readonly steps?: readonly Migration[]
}

/** Settings of every connection, before anything of the file is used. */
function guard(database: Database.Database): void {
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  database.pragma('temp_store = MEMORY')
  database.pragma(`cache_size = ${usualCache}`)
}

function journal(database: Database.Database, isShared: boolean): void {
  database.pragma(`journal_mode = ${isShared ? 'DELETE' : 'WAL'}`)
  database.pragma('synchronous = FULL')
  database.pragma('fullfsync = ON')
  database.pragma('checkpoint_fullfsync = ON')
  // In WAL mode this SQLite falls back to NORMAL by itself, which may lose the last commits with the power [LOCK1].
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('the disk is not waited for')
}

/** Makes the database in an empty file. The order matters: set later, page size and vacuum mode stay at their defaults. */
export function createDatabase(path: string, isShared: boolean): Connection {
  const database = new Database(path, { timeout: 0, fileMustExist: true })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('page_size = 16384')
    database.pragma('auto_vacuum = INCREMENTAL')
    guard(database)
    journal(database, isShared)
    migrate(database)
    return new Connection(database, path)
  } catch (error) {
    database.close()
    throw toStudioError(path, error)
  }
}

/**
 * Opens the one connection to a file whose header was read. Takes the lock, compares the schema, migrates. Errors:
 * `project-in-use`, `project-damaged`, `project-newer`, `disk-full`, `no-permission`.
 */
export async function connect(
  path: string, options: ConnectOptions, beforeMigration: (database: Database.Database, from: number) => Promise<void>
): Promise<{ connection: Connection; migrated: boolean }> {
  let database: Database.Database | null = null
  try {
    database = new Database(path, { timeout: 0, fileMustExist: true, readonly: options.readOnly })
    guard(database)
    if (options.readOnly) database.pragma('query_only = ON')
    else {
      database.pragma('locking_mode = EXCLUSIVE')
      journal(database, options.isShared)
      database.exec('BEGIN EXCLUSIVE; COMMIT')
    }
    const migrated = await bringToNewest(database, path, options, beforeMigration)
    return { connection: new Connection(database, path), migrated }
  } catch (error) {
    database?.close()
    throw toStudioError(path, error)
  }
}

async function bringToNewest(
  database: Database.Database, path: string, options: ConnectOptions, beforeMigration: (database: Database.Database, from: number) => Promise<void>
): Promise<boolean> {
  // The log may hold a newer header than the file had.
  const version = database.pragma('user_version', { simple: true }) as number
  const newest = newestVersion(options.steps)
  if (version > newest) throw new StudioError('project-newer', { path, version, supported: newest })
  const difference = schemaDifference(JSON.stringify(database.prepare(SCHEMA_QUERY).raw().all()), expectedSchema(version, options.steps))
  if (difference !== null) throw new StudioError('project-damaged', { path, detail: `schema: ${difference}` })
  if (version === newest) return false
  if (options.readOnly) throw new StudioError('project-read-only', { path })
  await beforeMigration(database, version)
  migrate(database, newest, options.steps)
  return true
}
