import type { FactId } from '../../../contract/index.js'
import type { Connection } from '../connection.js'

/** A comment without its words. `sort`: its place in the order of the project. */
export interface CommentPlace { readonly id: FactId; readonly sort: string; readonly resolved: boolean }

/** Comments on an item, oldest first, hidden ones left out; those behind `after`, at most `limit`. An item may have thousands. */
export function readCommentPlaces(connection: Connection, item: FactId, page: { after: CommentPlace | null; limit: number }): readonly CommentPlace[] {
  const rows = connection.all<{ id: FactId; sort: string; resolved: string | null }>(
    `SELECT m.fact AS id, m.sort AS sort, r.value AS resolved FROM mentions m JOIN fact_index f ON f.id = m.fact
     LEFT JOIN registers r ON r.target = m.fact AND r.name = 'resolved'
     WHERE m.item = ? AND m.kind = 'comment' AND (m.sort, m.fact) > (?, ?) AND f.hidden = 0 ORDER BY m.sort, m.fact LIMIT ?`,
    item, page.after?.sort ?? '', page.after?.id ?? '', page.limit)
  return rows.map(({ id, sort, resolved }) => ({ id, sort, resolved: resolved === 'true' }))
}
