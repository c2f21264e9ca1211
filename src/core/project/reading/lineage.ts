import type { FactId } from '../../../contract/index.js'
import type { Connection } from '../connection.js'

/** How many versions there are on the desk. */
export function countVersions(connection: Connection): number {
  return connection.get<{ count: number | null }>('SELECT sum(versions) AS count FROM items WHERE deleted = 0 AND hidden = 0')?.count ?? 0
}

/** Versions that were made from this one or read it, hidden ones left out. */
export function readMadeFrom(connection: Connection, id: FactId): readonly FactId[] {
  return connection.all<{ id: FactId }>(
    `SELECT id FROM versions WHERE hidden = 0 AND id IN (SELECT child FROM parents WHERE parent = ? UNION SELECT fact FROM about WHERE target = ? AND kind = 'version') ORDER BY sort`, id, id,
  ).map((row) => row.id)
}

/** A version's place in the order of the project; compares as a string. */
export function sortOf(connection: Connection, id: FactId): string {
  return connection.get<{ sort: string }>('SELECT sort FROM fact_index WHERE id = ?', id)?.sort ?? ''
}
