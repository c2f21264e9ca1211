import type { FactId, FactOf, Sha256 } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { canonicalText, hashOf } from '../hashing.js'
import { measureContent } from './words.js'

interface Row { readonly id: FactId; readonly item: FactId; readonly content: Sha256; readonly sort: string }

/** Two versions with this in common have equal content, whoever typed it [MERGE1]. */
export function contentKey(version: FactOf<'version'>): Sha256 {
  const { content } = version
  return hashOf(canonicalText(content.type === 'text' ? { schema: content.schema, blocks: content.blocks } : { blob: content.hash }))
}

/**
 * Adds a version to its item, in its place among the others. `hidden`: a register hides it. Answers whether it came in between others:
 * then their numbers have to be made anew from it on, once for all that came (`renumber`).
 */
export function addVersion(connection: Connection, id: FactId, version: FactOf<'version'>, sort: string, hidden: boolean): boolean {
  const removed = connection.get("SELECT 1 FROM about WHERE target = ? AND kind = 'removal' LIMIT 1", id) !== undefined
  const { words, beginning } = removed ? { words: 0, beginning: '' } : measureContent(connection, version.content)
  const last = connection.get<{ sort: string; ordinal: number }>('SELECT sort, ordinal FROM versions WHERE item = ? ORDER BY sort DESC LIMIT 1', version.item)
  const isLast = last === undefined || last.sort < sort
  connection.run(`INSERT INTO versions (id, item, sort, ordinal, content, blob, words, beginning, hidden, removed, covered)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    id, version.item, sort, isLast ? (last?.ordinal ?? 0) + 1 : 0, contentKey(version), version.content.type === 'blob' ? version.content.hash : null,
    words, beginning, hidden ? 1 : 0, removed ? 1 : 0)
  for (const parent of version.parents) connection.run('INSERT OR IGNORE INTO parents (parent, child) VALUES (?, ?)', parent, id)
  refreshCovered(connection, [id, ...version.parents])
  if ('job' in version.recipe) {
    connection.run('INSERT OR REPLACE INTO job_outputs (job, output, sort, version) VALUES (?, ?, ?, ?)', version.recipe.job, version.recipe.output, sort, id)
  }
  return !isLast
}

/** Numbers an item's versions anew from a place on, in steps. */
export function* renumber(connection: Connection, item: FactId, from: string): Generator<undefined> {
  const before = connection.get<{ ordinal: number }>('SELECT ordinal FROM versions WHERE item = ? AND sort < ? ORDER BY sort DESC LIMIT 1', item, from)
  let ordinal = before?.ordinal ?? 0
  for (const row of connection.all<{ id: FactId }>('SELECT id FROM versions WHERE item = ? AND sort >= ? ORDER BY sort', item, from)) {
    connection.run('UPDATE versions SET ordinal = ? WHERE id = ?', ++ordinal, row.id)
    yield
  }
}

/**
 * A version is covered where a visible version of the same item grew from it, directly or over hidden ones. Goes up
 * through the parents as long as something changes.
 */
export function refreshCovered(connection: Connection, ids: readonly FactId[]): void {
  const queue = [...ids]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const version = connection.get<{ covered: number }>('SELECT covered FROM versions WHERE id = ?', id)
    if (version === undefined) continue
    const covered = connection.get(
      `SELECT 1 FROM parents p JOIN versions c ON c.id = p.child JOIN versions v ON v.id = p.parent
        WHERE p.parent = ? AND c.item = v.item AND (c.hidden = 0 OR c.covered = 1) LIMIT 1`,
      id) === undefined ? 0 : 1
    if (covered === version.covered) continue
    connection.run('UPDATE versions SET covered = ? WHERE id = ?', covered, id)
    for (const row of connection.all<{ parent: FactId }>('SELECT parent FROM parents WHERE child = ?', id)) queue.push(row.parent)
  }
}

/** Counts words again after bytes came or went: a removed version has none [REMOVE1]. */
export function measureAgain(connection: Connection, id: FactId, version: FactOf<'version'>): void {
  const removed = connection.get("SELECT 1 FROM about WHERE target = ? AND kind = 'removal' LIMIT 1", id) !== undefined
  const { words, beginning } = removed ? { words: 0, beginning: '' } : measureContent(connection, version.content)
  connection.run('UPDATE versions SET words = ?, beginning = ?, removed = ? WHERE id = ?', words, beginning, removed ? 1 : 0, id)
}

/** A register hides a version, or shows it again [UNDO1]. */
export function setVersionHidden(connection: Connection, id: FactId, hidden: boolean): void {
  connection.run('UPDATE versions SET hidden = ? WHERE id = ?', hidden ? 1 : 0, id)
  refreshCovered(connection, connection.all<{ parent: FactId }>('SELECT parent FROM parents WHERE child = ?', id).map((row) => row.parent))
}

/** Pictures that a person set aside are no heads, unless that would leave none: picking settles siblings without a new version. */
function withoutSetAside(connection: Connection, open: readonly Row[]): readonly Row[] {
  const left = open.filter((row) => connection.get(
    "SELECT 1 FROM registers r JOIN versions v ON v.id = r.target WHERE r.target = ? AND r.name = 'picked' AND r.value = 'false' AND v.blob IS NOT NULL", row.id) === undefined)
  return left.length === 0 ? open : left
}

/** The heads of an item, oldest first; heads with equal content count as one [MERGE1]. */
export function headsOf(connection: Connection, item: FactId): FactId[] {
  const open = connection.all<Row>(
    'SELECT id, item, content, sort FROM versions INDEXED BY versions_open WHERE item = ? AND hidden = 0 AND covered = 0 ORDER BY sort', item
  )
  return (open.length < 2 ? open : withoutTwins(connection, withoutSetAside(connection, open))).map((row) => row.id)
}

/**
 * Drops an open version where another branch holds the same content: another head, or a version that another head grew
 * from. A version is no twin of its own ancestor: going back to old words is work, too.
 */
function withoutTwins(connection: Connection, open: readonly Row[]): Row[] {
  const kept = [...open]
  for (const row of open) {
    const twins = connection.all<{ id: FactId }>(
      'SELECT id FROM versions WHERE item = ? AND content = ? AND hidden = 0 AND id <> ? ORDER BY sort', row.item, row.content, row.id
    )
    if (twins.length === 0) continue
    const ancestors = ancestorsOf(connection, row.id)
    const isDoubled = twins.some((twin) => !ancestors.has(twin.id) && kept.some((other) => {
      if (other.id === row.id) return false
      if (other.id === twin.id) return other.sort < row.sort
      return ancestorsOf(connection, other.id).has(twin.id)
    }))
    if (isDoubled && kept.length > 1) kept.splice(kept.indexOf(row), 1)
  }
  return kept
}

/** All versions that this one grew from, without itself. */
export function ancestorsOf(connection: Connection, id: FactId): Set<FactId> {
  const found = new Set<FactId>()
  const queue = [id]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const row of connection.all<{ parent: FactId }>('SELECT parent FROM parents WHERE child = ?', at)) {
      if (!found.has(row.parent)) {
        found.add(row.parent)
        queue.push(row.parent)
      }
    }
  }
  return found
}
