import { commit as commitSchema, fact as factSchema, StudioError, type Commit, type Fact, type FactId, type Sha256 } from '../../contract/index.js'
import type { Connection } from './connection.js'
import { parseBounded } from './hashing.js'
import { unpack, type Packed } from './packing.js'

type BodyTable = 'commits' | 'facts' | 'blocks'

const insert: Record<BodyTable, string> = {
  commits: 'INSERT OR IGNORE INTO commits (hash, size, codec, body) VALUES (?, ?, ?, ?)',
  facts: 'INSERT OR IGNORE INTO facts (id, size, codec, body) VALUES (?, ?, ?, ?)',
  blocks: 'INSERT OR IGNORE INTO blocks (hash, size, codec, body) VALUES (?, ?, ?, ?)',
}
const select: Record<BodyTable, string> = {
  commits: 'SELECT size, codec, body FROM commits WHERE hash = ?',
  facts: 'SELECT size, codec, body FROM facts WHERE id = ?',
  blocks: 'SELECT size, codec, body FROM blocks WHERE hash = ?',
}
const exists: Record<BodyTable, string> = {
  commits: 'SELECT 1 FROM commits WHERE hash = ?', facts: 'SELECT 1 FROM facts WHERE id = ?', blocks: 'SELECT 1 FROM blocks WHERE hash = ?',
}

/** Writes a body under its hash; a body that is there already stays. Answers whether it is new. */
export function writeBody(connection: Connection, table: BodyTable, hash: Sha256, packed: Packed): boolean {
  return connection.run(insert[table], hash, packed.size, packed.codec, packed.body) > 0
}

export function hasBody(connection: Connection, table: BodyTable, hash: Sha256): boolean {
  return connection.get(exists[table], hash) !== undefined
}

/** The packed body, or undefined where the file does not hold it. */
export function readPacked(connection: Connection, table: BodyTable, hash: Sha256): Packed | undefined {
  return connection.get<Packed>(select[table], hash)
}

/** The text of a body, or null where the file does not hold it. Errors: `project-damaged`. */
export function readBody(connection: Connection, table: BodyTable, hash: Sha256): string | null {
  const row = readPacked(connection, table, hash)
  return row === undefined ? null : unpackBody(connection, table, hash, row)
}

/** The text of a body that was read. Errors: `project-damaged`. */
export function unpackBody(connection: Connection, table: BodyTable, hash: Sha256, packed: Packed): string {
  try {
    return unpack(packed)
  } catch (error) {
    throw new StudioError('project-damaged', { path: connection.path, detail: `${table} ${hash}: ${(error as Error).message}` }, { cause: error })
  }
}

/** Comments are small, never change, and a much reviewed item has thousands that are read again and again: so many stay at hand. */
const MOST_COMMENTS = 20_000
const comments = new WeakMap<Connection, Map<FactId, Fact>>()

/** A fact's record, or null where its body is not there or is not one that this version knows. */
export function readFact(connection: Connection, id: FactId): Fact | null {
  const known = comments.get(connection)?.get(id)
  if (known) return known
  const text = readBody(connection, 'facts', id)
  const fact = text === null ? null : parseFact(text)
  if (fact?.kind === 'comment') rememberComment(connection, id, fact)
  return fact
}

function rememberComment(connection: Connection, id: FactId, fact: Fact): void {
  const kept = comments.get(connection) ?? new Map<FactId, Fact>()
  comments.set(connection, kept)
  kept.set(id, fact)
  if (kept.size > MOST_COMMENTS) kept.delete(kept.keys().next().value!)
}

/** A fact from its canonical text, or null where it is none. */
export function parseFact(text: string): Fact | null {
  try {
    const parsed = factSchema.safeParse(parseBounded(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** A commit from its canonical text, or null where it is none. */
export function parseCommit(text: string): Commit | null {
  try {
    const parsed = commitSchema.safeParse(parseBounded(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** A commit that the file holds. Errors: `project-damaged` where it does not. */
export function readCommit(connection: Connection, hash: Sha256): Commit {
  const text = readBody(connection, 'commits', hash)
  const commit = text === null ? null : parseCommit(text)
  if (commit === null) throw new StudioError('project-damaged', { path: connection.path, detail: `commit ${hash} cannot be read` })
  return commit
}

/** The names of all commits, some at a time: a list of a hundred thousand takes longer than anybody may be held up. */
export function* commitHashes(connection: Connection): Generator<Sha256> {
  for (let last = ''; ;) {
    const page = connection.all<{ hash: Sha256 }>('SELECT hash FROM commits WHERE hash > ? ORDER BY hash LIMIT 500', last)
    for (const { hash } of page) yield hash
    if (page.length === 0) return
    last = page.at(-1)!.hash
  }
}

/** Rows that are read in one go, and how long a packed body may be for that, in bytes: what is longer is read by itself. */
const ROWS_AT_ONCE = 50
const LONG_BODY = 65_536

const page = (table: BodyTable, key: string): string => (
  `SELECT rowid, ${key} AS hash, size, codec, CASE WHEN length(body) <= ${LONG_BODY} THEN body END AS body
   FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS_AT_ONCE}`)
const pageOf: Record<BodyTable, string> = { commits: page('commits', 'hash'), facts: page('facts', 'id'), blocks: page('blocks', 'hash') }

/** All rows of a table along the places where they lie, in the order of their writing: looked up one by one by their names they take several times as long. */
export function* packedRows(connection: Connection, table: BodyTable): Generator<{ readonly hash: Sha256; readonly packed: Packed }> {
  for (let last = 0; ;) {
    const rows = connection.all<{ rowid: number; hash: Sha256; size: number; codec: number; body: Buffer | null }>(pageOf[table], last)
    for (const { hash, size, codec, body } of rows) yield { hash, packed: body === null ? readPacked(connection, table, hash)! : { size, codec, body } }
    if (rows.length < ROWS_AT_ONCE) return
    last = rows.at(-1)!.rowid
  }
}
