import type { FactId } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { ancestorsOf } from '../projections/versions.js'

/**
 * The nearest common ancestors of two versions: those that no other common ancestor grew from, oldest first. Several
 * where two lines crossed; whoever combines merges these first, virtually [MERGE1]. Empty where there is none.
 */
export function commonAncestors(connection: Connection, a: FactId, b: FactId): readonly FactId[] {
  const ofA = ancestorsOf(connection, a).add(a)
  const common = new Set([...ancestorsOf(connection, b).add(b)].filter((id) => ofA.has(id)))
  for (const id of common) {
    for (const older of ancestorsOf(connection, id)) common.delete(older)
  }
  const sortOf = (id: FactId): string => connection.get<{ sort: string }>('SELECT sort FROM versions WHERE id = ?', id)?.sort ?? ''
  return [...common].sort((x, y) => (sortOf(x) < sortOf(y) ? -1 : 1))
}
