import Database from 'better-sqlite3'
import { schema1 } from './schema-1.js'

export interface Migration {
  /** The `user_version` after it. Numbered from 1 without gaps. */
  readonly version: number
  migrate(database: Database.Database): void
}

/** 'GALY': says that a SQLite file is a project. */
export const APPLICATION_ID = 0x47414c59

/** All schemas there ever were. New files are made by going through all of them [OPEN1]. */
export const migrations: readonly Migration[] = [
  { version: 1, migrate: (database) => void database.exec(schema1) },
]

export const newestVersion = (steps: readonly Migration[] = migrations): number => steps.length

/** Brings a file from its version to `to`, in one transaction. */
export function migrate(database: Database.Database, to = newestVersion(), steps: readonly Migration[] = migrations): void {
  const from = database.pragma('user_version', { simple: true }) as number
  if (from >= to) return
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const step of steps.slice(from, to)) step.migrate(database)
    database.pragma(`application_id = ${APPLICATION_ID}`)
    database.pragma(`user_version = ${to}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Statements read the schema as a set; statistics tables are SQLite's own. */
export const SCHEMA_QUERY = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"

const expected = new Map<string, string>()

/** What `sqlite_schema` of a file of this version must be, as JSON of sorted rows [OPEN1]. */
export function expectedSchema(version: number, steps: readonly Migration[] = migrations): string {
  const key = steps === migrations ? String(version) : ''
  const known = key === '' ? undefined : expected.get(key)
  if (known !== undefined) return known
  const database = new Database(':memory:')
  try {
    migrate(database, version, steps)
    const schema = JSON.stringify(database.prepare(SCHEMA_QUERY).raw().all())
    if (key !== '') expected.set(key, schema)
    return schema
  } finally {
    database.close()
  }
}

type SchemaRow = [type: string, name: string, table: string, sql: string | null]

/** Names the first thing that differs between two schemas, or null where they are the same. */
export function schemaDifference(found: string, wanted: string): string | null {
  if (found === wanted) return null
  const rows = (text: string): Map<string, string> => new Map((JSON.parse(text) as SchemaRow[]).map((row) => [`${row[0]} ${row[1]}`, JSON.stringify(row)]))
  const foundRows = rows(found)
  const wantedRows = rows(wanted)
  for (const [name, row] of foundRows) {
    if (wantedRows.get(name) !== row) return wantedRows.has(name) ? `${name} is not as it should be` : `${name} does not belong there`
  }
  for (const name of wantedRows.keys()) if (!foundRows.has(name)) return `${name} is missing`
  return 'the schema is in another form'
}
