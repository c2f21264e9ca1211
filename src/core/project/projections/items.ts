import type { FactId, ItemKind, Sha256 } from '../../../contract/index.js'
import type { Causality } from '../causality.js'
import type { Connection } from '../connection.js'
import { headsOf } from './versions.js'

/** Registers whose writing is an edit that a deletion elsewhere does not undo [REG1]. */
const editing = ['title', 'brief']

interface Shown { title: string; folder: string | null; position: string; tags: string; brief: string; deleted: number; revived: number; hidden: number }

/** A register that an item or folder shows, read leniently: a value of the wrong kind is as none. */
function shownBy(connection: Connection, causality: Causality, target: FactId): Shown {
  const shown: Shown = { title: '', folder: null, position: '', tags: '[]', brief: '', deleted: 0, revived: 0, hidden: 0 }
  const tags: string[] = []
  for (
    const row of connection.all<{ name: string; value: string; hash: Sha256 }>('SELECT name, value, hash FROM registers WHERE target = ? ORDER BY name', target)
  ) {
    const value: unknown = JSON.parse(row.value)
    if (row.name === 'title' && typeof value === 'string') shown.title = value
    else if (row.name === 'parent' && typeof value === 'string') shown.folder = value
    else if (row.name === 'order' && typeof value === 'string') shown.position = value
    else if (row.name === 'brief' && typeof value === 'string') shown.brief = value
    else if (row.name === 'hidden') shown.hidden = value === true ? 1 : 0
    else if (row.name === 'deleted' && value === true) {
      if (wasEditedBeside(connection, causality, target, row.hash)) shown.revived = 1
      else shown.deleted = 1
    } else if (row.name.startsWith('tag:') && value === true) tags.push(row.name.slice(4))
  }
  shown.tags = JSON.stringify(tags)
  return shown
}

/** Whether somebody worked on a target without knowing of its deletion, nor the deletion of the work: the edit wins. */
function wasEditedBeside(connection: Connection, causality: Causality, target: FactId, deletion: Sha256): boolean {
  const isBeside = (hash: Sha256): boolean => hash !== deletion && !causality.saw(hash, deletion) && !causality.saw(deletion, hash)
  const replica = causality.place(deletion).replica
  const marks = editing.map(() => '?').join()
  const writes = connection.all<{ hash: Sha256 }>(
    `SELECT w.hash FROM register_writes w JOIN log l ON l.hash = w.hash WHERE w.target = ? AND w.name IN (${marks}) AND (l.replica <> ? OR ?)`,
    target, ...editing, replica, causality.forks().has(replica) ? 1 : 0)
  if (writes.some((row) => isBeside(row.hash))) return true
  const versions = connection.all<{ hash: Sha256 }>(
    'SELECT DISTINCT l.hash FROM versions v JOIN log l ON l.sort = substr(v.sort, 1, length(v.sort) - 7) WHERE v.item = ? AND (l.replica <> ? OR ?)',
    target, replica, causality.forks().has(replica) ? 1 : 0)
  return versions.some((row) => isBeside(row.hash))
}

/** Adds an item or folder; what registers and versions say of it may be there before it. */
export function addItem(connection: Connection, causality: Causality, id: FactId, kind: ItemKind, createdAt: number): void {
  const versions = connection.get<{ count: number }>('SELECT count(*) AS count FROM versions WHERE item = ? AND hidden = 0', id)!.count
  const wall = connection.get<{ wall: number | null }>(
    'SELECT max(l.wall) AS wall FROM register_writes w JOIN log l ON l.hash = w.hash WHERE w.target = ?', id
  )?.wall ?? 0
  const mention = connection.get<{ sort: string | null }>('SELECT max(sort) AS sort FROM mentions WHERE item = ?', id)?.sort ?? null
  const changedAt = Math.max(createdAt, wall, mention === null ? 0 : Number(mention.slice(0, 16)))
  // Versions that came first had no item to count them.
  connection.run(`INSERT INTO items (id, kind, title, folder, position, tags, brief, deleted, revived, hidden, heads, versions, created_at, changed_at)
    VALUES (?, ?, '', NULL, '', '[]', '', 0, 0, 0, ?, ?, ?, ?)`,
    id, kind, JSON.stringify(headsOf(connection, id)), versions, createdAt, changedAt)
  refreshItem(connection, causality, id)
}

export function addFolder(connection: Connection, causality: Causality, id: FactId): void {
  connection.run("INSERT INTO folders (id, title, parent, position, deleted, revived, hidden) VALUES (?, '', NULL, '', 0, 0, 0)", id)
  refreshFolder(connection, causality, id)
}

/** Takes over what the registers of an item say now. */
export function refreshItem(connection: Connection, causality: Causality, id: FactId): void {
  if (connection.get('SELECT 1 FROM items WHERE id = ?', id) === undefined) return
  const shown = shownBy(connection, causality, id)
  connection.run('UPDATE items SET title = ?, folder = ?, position = ?, tags = ?, brief = ?, deleted = ?, revived = ?, hidden = ? WHERE id = ?',
    shown.title, shown.folder, shown.position, shown.tags, shown.brief, shown.deleted, shown.revived, shown.hidden, id)
}

export function refreshFolder(connection: Connection, causality: Causality, id: FactId): void {
  if (connection.get('SELECT 1 FROM folders WHERE id = ?', id) === undefined) return
  const shown = shownBy(connection, causality, id)
  connection.run('UPDATE folders SET title = ?, parent = ?, position = ?, deleted = ?, revived = ?, hidden = ? WHERE id = ?',
    shown.title, shown.folder, shown.position, shown.deleted, shown.revived, shown.hidden, id)
}

/** Something about an item was said at this time, in wall milliseconds. */
export function touchItem(connection: Connection, id: FactId, wall: number): void {
  connection.run('UPDATE items SET changed_at = max(changed_at, ?) WHERE id = ?', wall, id)
}

/** Takes over a changed number of visible versions. */
export function countVersions(connection: Connection, item: FactId, added: number): void {
  if (added !== 0) connection.run('UPDATE items SET versions = versions + ? WHERE id = ?', added, item)
}

/**
 * Takes over what versions say of their item: its heads, and that work on an item which somebody else deleted without
 * knowing of it brings the item back.
 */
export function refreshFromVersions(connection: Connection, causality: Causality, item: FactId): void {
  const row = connection.get<{ heads: string; deleted: number; revived: number }>('SELECT heads, deleted, revived FROM items WHERE id = ?', item)
  if (row === undefined) return
  const heads = JSON.stringify(headsOf(connection, item))
  if (heads !== row.heads) connection.run('UPDATE items SET heads = ? WHERE id = ?', heads, item)
  if (row.deleted === 1 || row.revived === 1) refreshItem(connection, causality, item)
}
