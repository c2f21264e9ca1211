import type { FactOf, Sha256 } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { contentKey } from '../projections/versions.js'
import type { Slices } from '../slices.js'
import type { Findings } from './examine.js'

/** Items that show more than one head now. */
export function itemsWithSecondHeads(connection: Connection): Set<Sha256> {
  return new Set(connection.all<{ id: Sha256 }>('SELECT id FROM items WHERE hidden = 0 AND json_array_length(heads) > 1').map((row) => row.id))
}

interface Node { readonly content: Sha256; readonly parents: readonly Sha256[]; readonly hidden: boolean }

/** Items that would get a second head, without merging anything. */
export async function foreseeSecondHeads(connection: Connection, findings: Findings, slices: Slices): Promise<Set<Sha256>> {
  const hidden = new Map<Sha256, boolean>()
  for (const { commit } of findings.commits) {
    for (const write of commit.registers) if (write.name === 'hidden') hidden.set(write.target, write.value === true)
    await slices.breathe()
  }
  const fresh = new Map<Sha256, [id: Sha256, version: FactOf<'version'>][]>()
  for (const [id, { fact }] of findings.facts) {
    if (fact.kind !== 'version') continue
    const versions = fresh.get(fact.item) ?? []
    versions.push([id, fact])
    fresh.set(fact.item, versions)
    await slices.breathe()
  }
  const touched = new Set<Sha256>(fresh.keys())
  for (const id of hidden.keys()) {
    const row = connection.get<{ item: Sha256 }>('SELECT item FROM versions WHERE id = ?', id)
    if (row !== undefined) touched.add(row.item)
  }
  const before = itemsWithSecondHeads(connection)
  const second = new Set<Sha256>()
  for (const item of touched) {
    if (!before.has(item) && (await countHeads(connection, fresh.get(item) ?? [], item, hidden, slices)) > 1) second.add(item)
  }
  return second
}

async function countHeads(
  connection: Connection, fresh: readonly [id: Sha256, version: FactOf<'version'>][], item: Sha256, hiddenBy: ReadonlyMap<Sha256, boolean>, slices: Slices
): Promise<number> {
  const nodes = new Map<Sha256, Node>()
  for (const row of connection.all<{ id: Sha256; content: Sha256; hidden: number }>('SELECT id, content, hidden FROM versions WHERE item = ?', item)) {
    const parents = connection.all<{ parent: Sha256 }>('SELECT parent FROM parents WHERE child = ?', row.id).map((edge) => edge.parent)
    nodes.set(row.id, { content: row.content, parents, hidden: hiddenBy.get(row.id) ?? row.hidden === 1 })
    await slices.breathe()
  }
  for (const [id, fact] of fresh) {
    nodes.set(id, { content: contentKey(fact), parents: fact.parents, hidden: hiddenBy.get(id) ?? false })
    await slices.breathe()
  }
  const covered = new Set<Sha256>()
  const queue = [...nodes.values()].filter((node) => !node.hidden).flatMap((node) => node.parents)
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (covered.has(id)) continue
    covered.add(id)
    queue.push(...nodes.get(id)?.parents ?? [])
  }
  return new Set([...nodes].filter(([id, node]) => !node.hidden && !covered.has(id)).map(([, node]) => node.content)).size
}
