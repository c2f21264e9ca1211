import { StudioError, type FactKind, type Sha256 } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { readCommit } from '../store.js'
import type { LogEntry, Page, ProjectReader } from '../types.js'

/**
 * The history, newest first. `page.before`: position of a commit, counted from 1 at the oldest; the entries before it
 * follow. `signed`: a signature covers this commit or a later one of its chain [SIGN1].
 */
export function readLog(connection: Connection, page: Page): readonly LogEntry[] {
  const count = connection.get<{ count: number }>('SELECT count(*) AS count FROM log')!.count
  const end = Math.min(page.before === undefined ? count : page.before - 1, count)
  const limit = Math.max(0, Math.min(page.limit, end))
  // Counted along the index of places alone, from the nearer end: a hundred thousand entries are not read to skip them.
  const places = count - end <= end - limit
    ? connection.all<{ id: number }>('SELECT rowid AS id FROM log ORDER BY sort DESC LIMIT ? OFFSET ?', limit, count - end)
    : connection.all<{ id: number }>('SELECT rowid AS id FROM log ORDER BY sort LIMIT ? OFFSET ?', limit, end - limit).reverse()
  const rows = places.map(({ id }) => connection.get<{ hash: Sha256; person: string; replica: string; number: number; kinds: string; label: string | null }>(
    'SELECT l.hash, l.person, l.replica, l.number, l.kinds, n.label FROM log l LEFT JOIN labels n ON n.hash = l.hash WHERE l.rowid = ?', id)!)
  return rows.map((row, index) => ({
    position: end - index, hash: row.hash, commit: readCommit(connection, row.hash), person: readPersonName(connection, row.person),
    signed: isCovered(connection, row.hash, row.replica, row.number), label: row.label, kinds: JSON.parse(row.kinds) as FactKind[],
  }))
}

/** Signatures that do not hold are never taken into the file, so here only their place in the chain is looked at. */
function isCovered(connection: Connection, hash: Sha256, replica: string, number: number): boolean {
  const isForked = connection.get<{ count: number }>('SELECT count(*) AS count FROM chains WHERE replica = ?', replica)!.count > 1
  if (!isForked) return connection.get('SELECT 1 FROM signatures WHERE replica = ? AND number >= ? LIMIT 1', replica, number) !== undefined
  let branch: Sha256[] = [hash]
  for (let at = number; branch.length > 0; at++) {
    if (branch.some((entry) => connection.get('SELECT 1 FROM signatures WHERE replica = ? AND number = ? AND hash = ?', replica, at, entry) !== undefined)) {
      return true
    }
    branch = branch.flatMap(
      (entry) => connection.all<{ hash: Sha256 }>(
        'SELECT hash FROM log WHERE replica = ? AND number = ? AND previous = ?', replica, at + 1, entry
      ).map((row) => row.hash)
    )
  }
  return false
}

/** The newest name of a person, or the id where no name is known. */
export function readPersonName(connection: Connection, person: string): string {
  return connection.get<{ name: string }>('SELECT name FROM people WHERE person = ?', person)?.name ?? person
}

/** What the project is, and how much is in it. */
export function readProject(connection: Connection): ReturnType<ProjectReader['project']> {
  const row = connection.get<{ id: Sha256; title: string; founder: string; founder_key: string }>(
    'SELECT id, title, founder, founder_key FROM project ORDER BY sort LIMIT 1'
  )
  if (row === undefined) throw new StudioError('project-damaged', { path: connection.path, detail: 'the project has no beginning' })
  const title = connection.get<{ value: string }>("SELECT value FROM registers WHERE target = ? AND name = 'title'", row.id)
  const named: unknown = title === undefined ? null : JSON.parse(title.value)
  const counts = connection.get<{ items: number; versions: number | null }>(
    'SELECT count(*) AS items, sum(versions) AS versions FROM items WHERE hidden = 0 AND deleted = 0'
  )!
  const savedAt = connection.get<{ wall: number }>('SELECT wall FROM log ORDER BY sort DESC LIMIT 1')?.wall ?? 0
  return {
    id: row.id, title: typeof named === 'string' ? named : row.title, founderKey: row.founder_key, founder: row.founder, savedAt,
    items: counts.items, versions: counts.versions ?? 0,
  }
}

export function readCommitsByPerson(connection: Connection): ReadonlyMap<string, number> {
  return new Map(connection.all<{ person: string; commits: number }>('SELECT person, COUNT(*) AS commits FROM log GROUP BY person').map((row) => [row.person, row.commits]))
}
