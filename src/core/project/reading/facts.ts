import type { FactId, FactKind, FactOf, RegisterName } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { parseFact, readBody, readFact } from '../store.js'
import type { Page } from '../types.js'

type Found<K extends FactKind> = { readonly id: FactId; readonly fact: FactOf<K> }

function withBodies<K extends FactKind>(connection: Connection, kind: K, ids: readonly { id: FactId }[]): readonly Found<K>[] {
  const found: Found<K>[] = []
  for (const { id } of ids) {
    const fact = readFact(connection, id)
    if (fact?.kind === kind) found.push({ id, fact: fact as FactOf<K> })
  }
  return found
}

export function readFactOfKind<K extends FactKind>(connection: Connection, kind: K, id: FactId): (Found<K> & { readonly hidden: boolean }) | null {
  const row = connection.get<{ hidden: number }>('SELECT hidden FROM fact_index WHERE id = ? AND kind = ?', id, kind)
  if (row === undefined) return null
  const found = withBodies(connection, kind, [{ id }])[0]
  return found === undefined ? null : { ...found, hidden: row.hidden === 1 }
}

/** Facts of a kind that name this item, oldest first, hidden ones left out. */
export function readFactsOf<K extends FactKind>(connection: Connection, kind: K, item: FactId): readonly Found<K>[] {
  return withBodies(connection, kind, connection.all<{ id: FactId }>(
    'SELECT m.fact AS id FROM mentions m JOIN fact_index f ON f.id = m.fact WHERE m.item = ? AND m.kind = ? AND f.hidden = 0 ORDER BY m.sort', item, kind))
}

/** How a recipe with a prompt looks in canonical JSON; the quotation marks of what a person wrote are escaped there. */
const promptMark = '"prompt":"'

/** The kind of a fact, hidden or not, without reading it; null where the file does not hold it. */
export function readKind(connection: Connection, id: FactId): FactKind | null {
  return connection.get<{ kind: FactKind }>('SELECT kind FROM fact_index WHERE id = ?', id)?.kind ?? null
}

/** Versions and proposals whose bodies are looked through in one go. */
const promptsAtOnce = 100

/**
 * Prompts of the recipes of this item's proposals and versions, hidden ones left out; null after each hundred that were looked
 * through: an item may have a hundred thousand. What has none is not taken apart: most versions are typed.
 */
export function* readPrompts(connection: Connection, item: FactId): Generator<string | null> {
  for (const kind of ['proposal', 'version']) {
    for (let last = { sort: '', id: '' }; ;) {
      const page = connection.all<{ id: FactId; sort: string; hidden: number }>(
        `SELECT m.fact AS id, m.sort, f.hidden FROM mentions m JOIN fact_index f ON f.id = m.fact
         WHERE m.item = ? AND m.kind = ? AND (m.sort, m.fact) > (?, ?) ORDER BY m.sort, m.fact LIMIT ?`, item, kind, last.sort, last.id, promptsAtOnce)
      for (const { id, hidden } of page) {
        const body = hidden === 1 ? null : readBody(connection, 'facts', id)
        if (body === null || !body.includes(promptMark)) continue
        const fact = parseFact(body)
        if ((fact?.kind === 'version' || fact?.kind === 'proposal') && 'prompt' in fact.recipe) yield fact.recipe.prompt
      }
      if (page.length < promptsAtOnce) break
      last = page.at(-1)!
      yield null
    }
  }
}

/**
 * Facts of a kind, oldest first, hidden ones left out. With a page: the last `limit` of the first `before` (exclusive,
 * counted from 1) ones; without `before` the newest.
 */
export function readFactsAll<K extends FactKind>(connection: Connection, kind: K, page?: Page): readonly Found<K>[] {
  if (page === undefined) {
    return withBodies(connection, kind, connection.all<{ id: FactId }>('SELECT id FROM fact_index WHERE kind = ? AND hidden = 0 ORDER BY sort', kind))
  }
  const count = connection.get<{ count: number }>('SELECT count(*) AS count FROM fact_index WHERE kind = ? AND hidden = 0', kind)!.count
  const end = Math.min(page.before === undefined ? count : page.before - 1, count)
  const start = Math.max(0, end - page.limit)
  return withBodies(connection, kind, connection.all<{ id: FactId }>(
    'SELECT id FROM fact_index WHERE kind = ? AND hidden = 0 ORDER BY sort LIMIT ? OFFSET ?', kind, Math.max(0, end - start), start))
}

/** Outcomes of a proposal's pieces, oldest first, hidden ones left out [PROP1]. */
export function readOutcomes(connection: Connection, proposal: FactId): readonly Found<'outcome'>[] {
  return withBodies(connection, 'outcome', connection.all<{ id: FactId }>(
    "SELECT f.id FROM about a JOIN fact_index f ON f.id = a.fact WHERE a.target = ? AND a.kind = 'outcome' AND f.hidden = 0 ORDER BY f.sort", proposal))
}

/** What a register shows; null where nobody wrote it. */
export function readRegister(connection: Connection, target: FactId, name: RegisterName): unknown {
  const row = connection.get<{ value: string }>('SELECT value FROM registers WHERE target = ? AND name = ?', target, name)
  return row === undefined ? null : JSON.parse(row.value)
}

/** Whether a key is the founder's, or one that the founder admitted, by the last membership for it that is not hidden [MEMBER1]. */
export function isMemberKey(connection: Connection, key: string, isSame: (a: string, b: string) => boolean): boolean {
  const founder = connection.get<{ founder_key: string }>('SELECT founder_key FROM project ORDER BY sort LIMIT 1')?.founder_key ?? ''
  if (isSame(key, founder)) return true
  const last = readFactsAll(connection, 'membership').findLast(({ fact }) => isSame(fact.member, key) && isSame(fact.key, founder))
  return last !== undefined && last.fact.ended !== true
}

/** Every proposal that is not hidden, with how many outcomes it has. */
export function readProposalTallies(connection: Connection): readonly { id: FactId; outcomes: number }[] {
  return connection.all<{ id: FactId; outcomes: number }>(
    `SELECT f.id, COUNT(o.id) AS outcomes FROM fact_index f LEFT JOIN about a ON a.target = f.id AND a.kind = 'outcome'
     LEFT JOIN fact_index o ON o.id = a.fact AND o.hidden = 0 WHERE f.kind = 'proposal' AND f.hidden = 0 GROUP BY f.id`)
}
