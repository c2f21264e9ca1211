import type { FactId } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { readVersion } from './versions.js'
import type { PictureFilter, Span, VersionRow } from '../types.js'

// Walks the versions by their place in the order, newest first, so that a page near the beginning reads only a page.
const shown = `FROM fact_index f JOIN versions v ON v.id = f.id JOIN items i ON i.id = v.item LEFT JOIN registers r ON r.target = f.id AND r.name = 'picked'
  WHERE f.kind = 'version' AND f.hidden = 0 AND v.blob IS NOT NULL AND v.removed = 0 AND i.kind = 'image' AND i.deleted = 0 AND i.hidden = 0`

const filters: Record<PictureFilter, string> = { all: '', kept: "AND r.value = 'true'", 'set-aside': "AND r.value = 'false'" }


/** Pictures of items that are on the desk, newest first. */
export function readPictures(connection: Connection, filter: PictureFilter, { offset, limit }: Span): readonly VersionRow[] {
  return connection.all<{ id: FactId }>(`SELECT f.id ${shown} ${filters[filter]} ORDER BY f.sort DESC LIMIT ? OFFSET ?`, limit, offset).flatMap(({ id }) => readVersion(connection, id) ?? [])
}

/** How many pictures there are, and how many were kept or set aside. */
export function countPictures(connection: Connection): Readonly<Record<PictureFilter, number>> {
  const row = connection.get<{ every: number; kept: number | null; aside: number | null }>(
    `SELECT count(*) AS every, sum(r.value = 'true') AS kept, sum(r.value = 'false') AS aside ${shown}`)!
  return { all: row.every, kept: row.kept ?? 0, 'set-aside': row.aside ?? 0 }
}
