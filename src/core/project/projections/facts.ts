import type { Fact, FactId } from '../../../contract/index.js'
import type { Causality } from '../causality.js'
import type { Connection } from '../connection.js'
import { hasValidOwnSignature } from '../signatures.js'
import { addFolder, addItem, countVersions } from './items.js'
import { founderOf } from './project.js'
import { addVersion, measureAgain, setVersionHidden } from './versions.js'
import { readFact } from '../store.js'

/**
 * What commits touched and what is worked out once after them: registers as `target name`, items whose versions changed, and from
 * which place on an item's versions are to be numbered anew; and when, in wall milliseconds, something was last said of what.
 */
export interface Unsettled { readonly registers: Set<string>; readonly items: Set<FactId>; readonly numbers: Map<FactId, string>; readonly walls: Map<FactId, number> }

export const nothingUnsettled = (): Unsettled => ({ registers: new Set(), items: new Set(), numbers: new Map(), walls: new Map() })

export function saidAt(unsettled: Unsettled, target: FactId, wall: number): void {
  if (wall > (unsettled.walls.get(target) ?? -1)) unsettled.walls.set(target, wall)
}

function numberFrom(unsettled: Unsettled, item: FactId, sort: string): void {
  const known = unsettled.numbers.get(item)
  if (known === undefined || sort < known) unsettled.numbers.set(item, sort)
}

/** Facts that a fact speaks about without naming their item. */
function targetsOf(fact: Fact): readonly FactId[] {
  if (fact.kind === 'outcome') return [fact.proposal]
  if (fact.kind === 'removal') return [fact.version]
  if (fact.kind === 'export') return [...new Set(fact.versions)]
  return []
}

/** Versions that were read to make a version: it is about them in a lineage, which changes nothing in their item. */
function sourcesOf(fact: Fact): readonly FactId[] {
  return fact.kind === 'version' && 'sources' in fact.recipe ? [...new Set(fact.recipe.sources.map(({ version }) => version))] : []
}

/** Items that a fact names by itself. */
function itemsOf(id: FactId, fact: Fact): readonly FactId[] {
  if (fact.kind === 'item') return [id]
  return 'item' in fact ? [fact.item] : []
}

/**
 * Takes a fact into the projections at its place in the order. A fact that several commits name stands where the first
 * of them stands. A decision or membership without a valid own signature is as if it were not there [SIGN1].
 */
export function projectFact(connection: Connection, causality: Causality, id: FactId, fact: Fact, sort: string, unsettled: Unsettled): void {
  if (!hasValidOwnSignature(fact)) return
  const known = connection.get<{ sort: string }>('SELECT sort FROM fact_index WHERE id = ?', id)
  if (known !== undefined) {
    if (sort < known.sort) moveFact(connection, id, fact, known.sort, sort, unsettled)
    return
  }
  const hidden = connection.get<{ value: string }>("SELECT value FROM registers WHERE target = ? AND name = 'hidden'", id)?.value === 'true'
  connection.run('INSERT INTO fact_index (id, kind, sort, hidden) VALUES (?, ?, ?, ?)', id, fact.kind, sort, hidden ? 1 : 0)
  for (const target of targetsOf(fact)) connection.run('INSERT OR IGNORE INTO about (target, kind, fact) VALUES (?, ?, ?)', target, fact.kind, id)
  for (const item of itemsOf(id, fact)) mention(connection, item, fact.kind, sort, id, unsettled)
  for (const target of targetsOf(fact)) {
    const item = connection.get<{ item: FactId }>('SELECT item FROM versions WHERE id = ?', target)?.item ?? proposalItem(connection, target)
    if (item !== undefined) mention(connection, item, fact.kind, sort, id, unsettled)
  }
  for (const source of sourcesOf(fact)) connection.run('INSERT OR IGNORE INTO about (target, kind, fact) VALUES (?, ?, ?)', source, fact.kind, id)
  if (fact.kind === 'version' || fact.kind === 'proposal') adoptWaiting(connection, id, fact.item, unsettled)
  projectKind(connection, causality, id, fact, sort, hidden, unsettled)
}

function projectKind(connection: Connection, causality: Causality, id: FactId, fact: Fact, sort: string, hidden: boolean, unsettled: Unsettled): void {
  if (fact.kind === 'item') addItem(connection, causality, id, fact.itemKind, fact.at)
  else if (fact.kind === 'folder') addFolder(connection, causality, id)
  else if (fact.kind === 'version') {
    if (addVersion(connection, id, fact, sort, hidden)) numberFrom(unsettled, fact.item, sort)
    countVersions(connection, fact.item, hidden ? 0 : 1)
    unsettled.items.add(fact.item)
  } else if (fact.kind === 'person') namePerson(connection, fact.person, fact.name, fact.key, sort)
  else if (fact.kind === 'removal') forgetContent(connection, fact.version)
  else if (fact.kind === 'project') {
    const { key } = founderOf(fact)
    connection.run('INSERT OR IGNORE INTO project (id, sort, title, founder, founder_key) VALUES (?, ?, ?, ?, ?)', id, sort, fact.title, fact.by, key)
  }
}

function proposalItem(connection: Connection, id: FactId): FactId | undefined {
  if (connection.get<{ kind: string }>('SELECT kind FROM fact_index WHERE id = ?', id)?.kind !== 'proposal') return undefined
  const proposal = readFact(connection, id)
  return proposal?.kind === 'proposal' ? proposal.item : undefined
}

function mention(connection: Connection, item: FactId, kind: string, sort: string, id: FactId, unsettled: Unsettled): void {
  connection.run('INSERT OR IGNORE INTO mentions (item, kind, sort, fact) VALUES (?, ?, ?, ?)', item, kind, sort, id)
  saidAt(unsettled, item, Number(sort.slice(0, 16)))
}

/** Facts about a version or proposal may have come before it. */
function adoptWaiting(connection: Connection, id: FactId, item: FactId, unsettled: Unsettled): void {
  const waiting = connection.all<{ fact: FactId; kind: string; sort: string }>(
    "SELECT a.fact, a.kind, f.sort FROM about a JOIN fact_index f ON f.id = a.fact WHERE a.target = ? AND a.kind <> 'version'", id)
  for (const row of waiting) mention(connection, item, row.kind, row.sort, row.fact, unsettled)
}

function namePerson(connection: Connection, person: string, name: string, key: string, sort: string): void {
  connection.run(`INSERT INTO people (person, sort, name, key) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET sort = excluded.sort, name = excluded.name, key = excluded.key WHERE excluded.sort > people.sort`,
    person, sort, name, key)
}

/** Finds a person's newest name among all that were given. */
function nameAgain(connection: Connection, person: string): void {
  connection.run('DELETE FROM people WHERE person = ?', person)
  for (const row of connection.all<{ id: FactId; sort: string }>("SELECT id, sort FROM fact_index WHERE kind = 'person'")) {
    const fact = readFact(connection, row.id)
    if (fact?.kind === 'person' && fact.person === person) namePerson(connection, person, fact.name, fact.key, row.sort)
  }
}

/** A removed version keeps id, recipe and place, but has no words any more [REMOVE1]. */
function forgetContent(connection: Connection, id: FactId): void {
  const version = readFact(connection, id)
  if (version?.kind === 'version') measureAgain(connection, id, version)
}

/** Another commit names the fact, and stands before the one that was known. */
function moveFact(connection: Connection, id: FactId, fact: Fact, from: string, to: string, unsettled: Unsettled): void {
  connection.run('UPDATE fact_index SET sort = ? WHERE id = ?', to, id)
  connection.run(`UPDATE mentions SET sort = ? WHERE item IN (SELECT item FROM mentions
    WHERE kind = ? AND sort = ? AND fact = ?) AND kind = ? AND sort = ? AND fact = ?`,
    to, fact.kind, from, id, fact.kind, from, id)
  connection.run('UPDATE project SET sort = ? WHERE id = ?', to, id)
  if (fact.kind === 'person') nameAgain(connection, fact.person)
  if (fact.kind === 'version') {
    connection.run('UPDATE versions SET sort = ? WHERE id = ?', to, id)
    numberFrom(unsettled, fact.item, to)
    if ('job' in fact.recipe) connection.run('UPDATE job_outputs SET sort = ? WHERE version = ?', to, id)
    unsettled.items.add(fact.item)
  }
}

/**
 * A register hides a fact or shows it again [UNDO1]. Answers with the item whose versions changed by that, or null: its heads are found
 * anew once for all, since an undo of a merge hides versions by the thousand.
 */
export function refreshHidden(connection: Connection, id: FactId, hidden: boolean): FactId | null {
  const row = connection.get<{ kind: string; hidden: number }>('SELECT kind, hidden FROM fact_index WHERE id = ?', id)
  if (row === undefined || row.hidden === (hidden ? 1 : 0)) return null
  connection.run('UPDATE fact_index SET hidden = ? WHERE id = ?', hidden ? 1 : 0, id)
  if (row.kind !== 'version') return null
  const version = connection.get<{ item: FactId }>('SELECT item FROM versions WHERE id = ?', id)
  if (version === undefined) return null
  setVersionHidden(connection, id, hidden)
  countVersions(connection, version.item, hidden ? -1 : 1)
  return version.item
}
