import type { FactId, ItemKind } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import type { FolderRow, ItemRow } from '../types.js'

interface Stored {
  id: FactId; kind: ItemKind; title: string; folder: FactId | null; position: string; tags: string; brief: string; deleted: number; revived: number
  heads: string; versions: number; created_at: number; changed_at: number
}

const columns = 'id, kind, title, folder, position, tags, brief, deleted, revived, heads, versions, created_at, changed_at'

function toRow(row: Stored, folders: ReadonlySet<FactId>): ItemRow {
  return {
    id: row.id, kind: row.kind, title: row.title, folder: row.folder !== null && folders.has(row.folder) ? row.folder : null, order: row.position,
    tags: row.tags === '[]' ? [] : JSON.parse(row.tags) as string[], brief: row.brief, deleted: row.deleted === 1, revived: row.revived === 1,
    heads: row.heads === '[]' ? [] : JSON.parse(row.heads) as FactId[], versions: row.versions, createdAt: row.created_at, changedAt: row.changed_at,
  }
}

const folderIds = (connection: Connection): ReadonlySet<FactId> => new Set(
  connection.all<{ id: FactId }>('SELECT id FROM folders WHERE hidden = 0').map((row) => row.id)
)

/** All items that no register hides, deleted ones with their mark, in no particular order. */
export function readItems(connection: Connection): readonly ItemRow[] {
  const folders = folderIds(connection)
  return connection.all<Stored>(`SELECT ${columns} FROM items WHERE hidden = 0`).map((row) => toRow(row, folders))
}

export function readItem(connection: Connection, id: FactId): ItemRow | null {
  const row = connection.get<Stored>(`SELECT ${columns} FROM items WHERE id = ? AND hidden = 0`, id)
  return row === undefined ? null : toRow(row, folderIds(connection))
}

/** Names of the items behind this one, in the order of their names, at most `limit`: those that no register hides. */
export function readItemsAfter(connection: Connection, after: string, limit: number): readonly FactId[] {
  return connection.all<{ id: FactId }>('SELECT id FROM items WHERE id > ? AND hidden = 0 ORDER BY id LIMIT ?', after, limit).map(({ id }) => id)
}

/** The last place that is taken in a folder, among items and folders; null where nothing is in it. Without reading each of them: files come in by the thousand. */
export function readLastOrder(connection: Connection, folder: FactId | null): string | null {
  const row = connection.get<{ position: string | null }>(`SELECT max(position) AS position FROM (
    SELECT max(position) AS position FROM items WHERE hidden = 0 AND deleted = 0 AND folder IS ?
    UNION ALL SELECT max(position) FROM folders WHERE hidden = 0 AND deleted = 0 AND parent IS ?)`, folder, folder)
  return row?.position || null
}

interface StoredFolder { id: FactId; title: string; parent: FactId | null; position: string; deleted: number; sort: string | null }

/**
 * All folders. Two moves on two computers can make a cycle that neither made: the folder whose move came last by clock
 * is shown at the root [REG1].
 */
export function readFolders(connection: Connection): readonly FolderRow[] {
  const rows = connection.all<StoredFolder>(
    `SELECT f.id, f.title, f.parent, f.position, f.deleted, l.sort FROM folders f LEFT
      JOIN registers r ON r.target = f.id AND r.name = 'parent' LEFT JOIN log l ON l.hash = r.hash WHERE f.hidden = 0`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const row of rows) if (row.parent !== null && !byId.has(row.parent)) row.parent = null
  for (const row of rows) breakCycle(byId, row)
  return rows.map((row) => ({ id: row.id, title: row.title, parent: row.parent, order: row.position, deleted: row.deleted === 1 }))
}

function breakCycle(byId: ReadonlyMap<FactId, StoredFolder>, start: StoredFolder): void {
  const path: StoredFolder[] = []
  const places = new Map<FactId, number>()
  for (let at: StoredFolder | undefined = start; at !== undefined; at = at.parent === null ? undefined : byId.get(at.parent)) {
    const place = places.get(at.id)
    if (place !== undefined) {
      const cycle = path.slice(place)
      cycle.reduce((last, folder) => ((folder.sort ?? '') > (last.sort ?? '') ? folder : last)).parent = null
      return
    }
    places.set(at.id, path.length)
    path.push(at)
  }
}
