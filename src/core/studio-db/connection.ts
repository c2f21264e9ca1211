import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { applicationId, migrate, studioDbVersion } from './migrations.js'

type Connection = Database.Database

/** Why a file could not be used. It was renamed, and a new one was begun: nothing in it is anybody's only copy. */
export interface SetAside {
  readonly reason: 'damaged' | 'newer' | 'foreign'
  readonly path: string
}

/** Tables that are small and read at every start. Snapshots and the search index may be large and are not read through here. */
const checkedTables = ['settings', 'recents', 'replica_memory', 'jobs', 'key_value']

const busyTimeoutMs = 5000

function connect(path: string, synchronous: 'FULL' | 'NORMAL'): Connection {
  const db = new Database(path, { timeout: busyTimeoutMs })
  try {
    enterWal(db)
    db.pragma(`synchronous = ${synchronous}`)
    db.pragma('trusted_schema = OFF')
    db.pragma('foreign_keys = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Two processes that meet at a new file: changing to WAL does not wait for the busy timeout, so it is tried again here. */
function enterWal(db: Connection): void {
  for (let attempt = 1; ; attempt++) {
    try {
      db.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || attempt === 100) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? ''
const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY')
const isDamage = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_CORRUPT') || codeOf(error) === 'SQLITE_NOTADB'

function schemaOf(db: Connection): string {
  return JSON.stringify(db.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name`).all())
}

/** What the migrations make of an empty file: tables of another shape would fail later, where nobody expects it. */
function expectedSchema(version: number): string {
  const empty = new Database(':memory:')
  try {
    migrate(empty, version)
    return schemaOf(empty)
  } finally {
    empty.close()
  }
}

/** What is wrong with the file, or null. A file that is only busy or not readable for us is no damage: that error is thrown. */
function problemOf(db: Connection): SetAside['reason'] | null {
  const version = db.pragma('user_version', { simple: true }) as number
  const id = db.pragma('application_id', { simple: true }) as number
  if (id !== 0 && id !== applicationId) return 'foreign'
  if (version > studioDbVersion) return 'newer'
  const tables = new Set(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[])
  if (id === 0 && tables.size > 0) return 'foreign'
  if (version === 0) return null
  if (schemaOf(db) !== expectedSchema(version)) return 'damaged'
  for (const table of checkedTables) {
    const answer = db.pragma(`quick_check(${table})`) as { quick_check: string }[]
    if (answer[0]?.quick_check !== 'ok') return 'damaged'
  }
  return null
}

function setAside(path: string, reason: SetAside['reason'], now: number): SetAside {
  let target = `${path}.${reason}-${now}`
  for (let n = 2; existsSync(target); n++) target = `${path}.${reason}-${now}-${n}`
  for (const ending of ['', '-wal', '-shm']) if (existsSync(path + ending)) renameSync(path + ending, target + ending)
  return { reason, path: target }
}

function tryOpen(path: string): Connection | SetAside['reason'] {
  let db: Connection | undefined
  try {
    db = connect(path, 'FULL')
    const problem = problemOf(db)
    if (problem === null) {
      migrate(db)
      return db
    }
    db.close()
    return problem
  } catch (error) {
    db?.close()
    if (isDamage(error)) return 'damaged'
    throw error
  }
}

/**
 * Opens the two connections: `strict` syncs every transaction (queue), `relaxed` may lose the last ones in a power cut
 * but never a crash of ours (replica memory, snapshots, search). Neither may hold a transaction across an `await`.
 */
export function openConnections(path: string, now: () => number): { strict: Connection; relaxed: Connection; aside: SetAside | null } {
  mkdirSync(dirname(path), { recursive: true })
  let aside: SetAside | null = null
  let strict = tryOpen(path)
  if (typeof strict === 'string') {
    aside = setAside(path, strict, now())
    strict = tryOpen(path)
    if (typeof strict === 'string') throw new Error(`A new studio database at ${path} is ${strict}`)
  }
  try {
    return { strict, relaxed: connect(path, 'NORMAL'), aside }
  } catch (error) {
    strict.close()
    throw error
  }
}
