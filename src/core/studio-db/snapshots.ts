import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { snapshotsToDrop } from './thinning.js'

/** A local safety copy of a text. Never merged, signed or a parent. */
export interface Snapshot { readonly id: number; readonly at: number }

export interface SnapshotStore {
  /** Keeps a copy (JSON text of a document), unless it is the same as the newest one. Thins the item's older copies. */
  keep(project: string, item: string, at: number, body: string): void
  /** Newest first. */
  list(project: string, item: string): readonly Snapshot[]
  read(id: number): string | null
  /** Removes all copies of an item: "remove for good" [REMOVE1] reaches them too. */
  forget(project: string, item: string): void
}

export function createSnapshotStore(db: Database): SnapshotStore {
  const list = db.prepare<[string, string], Snapshot>('SELECT id, at FROM snapshots WHERE project = ? AND item = ? ORDER BY at DESC, id DESC')
  const read = db.prepare<[number], Buffer>('SELECT body FROM snapshots WHERE id = ?').pluck()
  const insert = db.prepare('INSERT INTO snapshots (project, item, at, body) VALUES (?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM snapshots WHERE id = ?')
  const forget = db.prepare('DELETE FROM snapshots WHERE project = ? AND item = ?')
  const bodyOf = (id: number): string | null => {
    const body = read.get(id) as Buffer | undefined
    return body === undefined ? null : inflateRawSync(body).toString('utf8')
  }

  const keep = db.transaction((project: string, item: string, at: number, body: string) => {
    const newest = list.all(project, item)[0]
    if (newest !== undefined && bodyOf(newest.id) === body) return
    insert.run(project, item, at, deflateRawSync(Buffer.from(body, 'utf8'), { level: 3 }))
    const all = list.all(project, item)
    const drop = new Set(snapshotsToDrop(all.map((row) => row.at), at))
    for (const row of all) if (drop.has(row.at)) remove.run(row.id)
  })

  return {
    keep: (project, item, at, body) => keep.immediate(project, item, at, body),
    list: (project, item) => list.all(project, item),
    read: bodyOf,
    forget(project, item) {
      // Deleted pages are overwritten here, so that a text which was removed for good does not stay readable in them.
      db.pragma('secure_delete = ON')
      forget.run(project, item)
      db.pragma('secure_delete = OFF')
    },
  }
}
