import type { FactId } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { readFactsAll } from './facts.js'
import { readVersion } from './versions.js'
import type { PictureFilter, Span, VersionRow } from '../types.js'

// Walks the versions by their place in the order, so that a page near either end reads little more than a page.
const shown = `f.kind = 'version' AND f.hidden = 0 AND v.blob IS NOT NULL AND v.removed = 0
  AND v.item NOT IN (SELECT id FROM items WHERE kind <> 'image' OR deleted = 1 OR hidden = 1)`
const versions = 'FROM fact_index f JOIN versions v ON v.id = f.id'
const marked = "JOIN registers r ON r.target = f.id AND r.name = 'picked'"

const tables: Record<PictureFilter, string> = { all: `${versions} WHERE ${shown}`, kept: `${versions} ${marked} WHERE r.value = 'true' AND ${shown}`, 'set-aside': `${versions} ${marked} WHERE r.value = 'false' AND ${shown}` }

/** Pictures of items that are on the desk, newest first. `total`: how many there are with this filter. */
export function readPictures(connection: Connection, filter: PictureFilter, { offset, limit }: Span, total: number): readonly VersionRow[] {
  const count = Math.max(0, Math.min(limit, total - offset))
  const isNearEnd = offset > total / 2
  const ids = connection.all<{ id: FactId }>(`SELECT f.id ${tables[filter]} ORDER BY f.sort ${isNearEnd ? 'ASC' : 'DESC'} LIMIT ? OFFSET ?`, count, isNearEnd ? total - offset - count : offset)
  return (isNearEnd ? ids.reverse() : ids).flatMap(({ id }) => readVersion(connection, id) ?? [])
}

/** How many pictures there are, and how many were kept or set aside. */
export function countPictures(connection: Connection): Readonly<Record<PictureFilter, number>> {
  const picked = new Map(connection.all<{ value: string; count: number }>(`SELECT r.value, count(*) AS count ${versions} ${marked} WHERE ${shown} GROUP BY r.value`).map((row) => [row.value, row.count]))
  // Items know how many versions they have, and few versions were ever removed: counting a hundred thousand takes longer than a frame.
  const held = connection.get<{ count: number | null }>("SELECT sum(versions) AS count FROM items WHERE kind = 'image' AND deleted = 0 AND hidden = 0")?.count ?? 0
  const removed = new Set(readFactsAll(connection, 'removal').map(({ fact }) => fact.version))
  const gone = [...removed].filter((id) => connection.get(
    "SELECT 1 FROM versions v JOIN items i ON i.id = v.item WHERE v.id = ? AND v.hidden = 0 AND v.removed = 1 AND i.kind = 'image' AND i.deleted = 0 AND i.hidden = 0", id) !== undefined).length
  return { all: held - gone, kept: picked.get('true') ?? 0, 'set-aside': picked.get('false') ?? 0 }
}
