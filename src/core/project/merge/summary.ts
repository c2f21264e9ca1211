import type { FactId, ItemKind } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { readItem } from '../reading/items.js'
import { readPersonName } from '../reading/log.js'
import type { Slices } from '../slices.js'
import type { Findings } from './examine.js'

/** What an item gets by a merge. */
export interface ItemChange {
  readonly item: FactId
  readonly title: string
  readonly kind: ItemKind
  readonly isNew: boolean
  readonly versions: number
  readonly comments: number
  readonly decisions: number
  readonly secondHead: boolean
}

export interface PersonChange { readonly id: string; readonly name: string; readonly commits: number }

/** More items than these are counted, not listed. */
const MOST_LISTED = 500

/** Items that new facts or register writes are about. */
export async function touchedItems(connection: Connection, findings: Findings, slices: Slices): Promise<FactId[]> {
  const items = new Set<FactId>()
  for (const [id, { fact }] of findings.facts) {
    if (fact.kind === 'item') items.add(id)
    else if ('item' in fact) items.add(fact.item)
    await slices.breathe()
  }
  const targets = new Set<FactId>()
  for (const { commit } of findings.commits) {
    for (const { target } of commit.registers) {
      if (targets.has(target)) continue
      targets.add(target)
      if (connection.get('SELECT 1 FROM items WHERE id = ?', target) !== undefined) items.add(target)
    }
    await slices.breathe()
  }
  return [...items]
}

/** New items that come in already set aside, such as masks: nobody would see them, so nobody is told of them. */
export async function unseenItems(findings: Findings, slices: Slices): Promise<ReadonlySet<FactId>> {
  const unseen = new Set<FactId>()
  for (const { commit } of findings.commits) {
    for (const { target, name, value } of commit.registers) {
      if (name !== 'deleted' || findings.facts.get(target)?.fact.kind !== 'item') continue
      if (value === true) unseen.add(target)
      else unseen.delete(target)
    }
    await slices.breathe()
  }
  return unseen
}

/** What each item would get, and who wrote it. Titles are those of the copy where an item is new. */
export async function summarise(
  connection: Connection, findings: Findings, secondHeads: ReadonlySet<FactId>, slices: Slices
): Promise<{ changes: ItemChange[]; people: PersonChange[] }> {
  const counts = new Map<FactId, { versions: number; comments: number; decisions: number }>()
  const kinds = new Map<FactId, ItemKind>()
  const names = new Map<string, string>()
  for (const [id, { fact }] of findings.facts) {
    if (fact.kind === 'item') kinds.set(id, fact.itemKind)
    if (fact.kind === 'person') names.set(fact.person, fact.name)
    if (fact.kind !== 'version' && fact.kind !== 'comment' && fact.kind !== 'decision') continue
    const count = counts.get(fact.item) ?? { versions: 0, comments: 0, decisions: 0 }
    count[`${fact.kind}s`] += 1
    counts.set(fact.item, count)
    await slices.breathe()
  }
  const titles = new Map<FactId, string>()
  const commits = new Map<string, number>()
  for (const { commit } of findings.commits) {
    commits.set(commit.person, (commits.get(commit.person) ?? 0) + 1)
    for (const { target, name, value } of commit.registers) if (name === 'title' && typeof value === 'string') titles.set(target, value)
    await slices.breathe()
  }
  const unseen = await unseenItems(findings, slices)
  const touched = (await touchedItems(connection, findings, slices)).filter((item) => !unseen.has(item))
  // What asks something of a person must not fall behind the five hundred.
  const listed = [...touched.filter((item) => secondHeads.has(item)), ...touched.filter((item) => !secondHeads.has(item))]
  const changes = listed.slice(0, MOST_LISTED).map((item): ItemChange => {
    const own = readItem(connection, item)
    return {
      item, title: own?.title ?? titles.get(item) ?? '', kind: own?.kind ?? kinds.get(item) ?? 'file', isNew: own === null,
      ...(counts.get(item) ?? { versions: 0, comments: 0, decisions: 0 }), secondHead: secondHeads.has(item),
    }
  })
  const people = [...commits].map(([id, count]) => ({ id, name: names.get(id) ?? readPersonName(connection, id), commits: count }))
  return { changes, people }
}
