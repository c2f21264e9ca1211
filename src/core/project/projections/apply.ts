import type { Commit, Fact, FactId, RegisterName, Sha256 } from '../../../contract/index.js'
import type { Causality } from '../causality.js'
import type { Connection } from '../connection.js'
import { canonicalText } from '../hashing.js'
import { factSortKey, sortKeyOf } from '../ordering.js'
import { recordWrite, settleRegister } from '../registers.js'
import { readFact } from '../store.js'
import { nothingUnsettled, projectFact, refreshHidden, saidAt, type Unsettled } from './facts.js'
import { refreshFolder, refreshFromVersions, refreshItem, touchItem } from './items.js'
import { renumber } from './versions.js'

/**
 * Takes a commit into the projections [COMMIT1]; does nothing where it is in them. Its bodies must be in the primary
 * tables. What comes out is the same in whatever order commits are taken [MERGE2].
 *
 * `unsettled` collects what `settle` works out; without it this commit has seen all that the file holds (an own commit),
 * and its register writes show at once.
 */
export function applyCommit(connection: Connection, causality: Causality, hash: Sha256, commit: Commit, unsettled?: Unsettled): void {
  for (const _ of applySteps(connection, causality, hash, commit, unsettled));
}

/**
 * The same in small steps, for long work that must let the event loop breathe between them. `known`: facts of the commit
 * that are at hand and need not be read from the file.
 */
export function* applySteps(
  connection: Connection, causality: Causality, hash: Sha256, commit: Commit, unsettled?: Unsettled, known?: { get(id: FactId): Fact | undefined }
): Generator<undefined> {
  const touched = unsettled ?? nothingUnsettled()
  const sort = sortKeyOf(commit, hash)
  const inserted = connection.run(`INSERT OR IGNORE INTO log (hash, sort, replica, number, wall, counter, person, previous, kinds)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]')`,
    hash, sort, commit.replica, commit.number, commit.clock.wall, commit.clock.counter, commit.person, commit.previous)
  if (inserted === 0) return
  extendChain(connection, causality, hash, commit)
  for (const [position, id] of commit.facts.entries()) {
    const fact = known?.get(id) ?? readFact(connection, id)
    if (fact !== null) projectFact(connection, causality, id, fact, factSortKey(sort, position), touched)
    yield
  }
  if (commit.facts.length > 0) connection.run('UPDATE log SET kinds = ? WHERE hash = ?', kindsOf(connection, commit), hash)
  if (unsettled === undefined) {
    for (const [item, from] of touched.numbers) for (const _ of renumber(connection, item, from)) yield
    for (const item of touched.items) refreshFromVersions(connection, causality, item)
  }
  const changed = new Set<FactId>()
  for (const write of commit.registers) {
    recordWrite(connection, write.target, write.name, hash)
    saidAt(touched, write.target, commit.clock.wall)
    if (unsettled !== undefined) unsettled.registers.add(`${write.target} ${write.name}`)
    else settleOne(connection, causality, changed, write.target, write.name, causality.forks().size > 0 ? undefined : { hash, value: canonicalText(write.value) })
    yield
  }
  for (const item of changed) {
    refreshFromVersions(connection, causality, item)
    yield
  }
  if (unsettled === undefined) {
    for (const [item, wall] of touched.walls) touchItem(connection, item, wall)
  }
}

/** The kinds of facts that a commit brought, sorted, as JSON: what the log view shows. */
export function kindsOf(connection: Connection, commit: Commit): string {
  const kinds = new Set<string>()
  for (const id of commit.facts) {
    const row = connection.get<{ kind: string }>('SELECT kind FROM fact_index WHERE id = ?', id)
    if (row !== undefined) kinds.add(row.kind)
  }
  return JSON.stringify([...kinds].sort())
}

/** A chain head is a commit that no other names as its previous one. A fork has two. */
function extendChain(connection: Connection, causality: Causality, hash: Sha256, commit: Commit): void {
  if (commit.previous !== null && connection.run('DELETE FROM chains WHERE hash = ?', commit.previous) === 0) causality.forgetForks()
  if (connection.get('SELECT 1 FROM log WHERE replica = ? AND number = ? AND previous = ?', commit.replica, commit.number + 1, hash) !== undefined) return
  connection.run('INSERT INTO chains (hash, replica, number) VALUES (?, ?, ?)', hash, commit.replica, commit.number)
  if (commit.previous === null) causality.forgetForks()
}

/** Settles one register and what depends on it; items whose heads may be others now are put into `items`. */
function settleOne(
  connection: Connection, causality: Causality, items: Set<FactId>, target: FactId, name: RegisterName, newest?: { hash: Sha256; value: string }
): void {
  if (settleRegister(connection, causality, target, name, newest)) {
    const item = itemOfChange(connection, target, name)
    if (item !== null) items.add(item)
  }
  refreshItem(connection, causality, target)
  refreshFolder(connection, causality, target)
}

function itemOfChange(connection: Connection, target: FactId, name: RegisterName): FactId | null {
  if (name === 'hidden') {
    const shown = connection.get<{ value: string }>("SELECT value FROM registers WHERE target = ? AND name = 'hidden'", target)
    return refreshHidden(connection, target, shown?.value === 'true')
  }
  return name === 'picked' ? (connection.get<{ item: FactId }>('SELECT item FROM versions WHERE id = ?', target)?.item ?? null) : null
}

/** Works out what merged or replayed commits touched. `breathe` is awaited between steps. */
export async function settle(connection: Connection, causality: Causality, unsettled: Unsettled, breathe: () => Promise<void>): Promise<void> {
  for (const [item, from] of unsettled.numbers) for (const _ of renumber(connection, item, from)) await breathe()
  for (const item of unsettled.items) {
    refreshFromVersions(connection, causality, item)
    await breathe()
  }
  for (const [item, wall] of unsettled.walls) {
    touchItem(connection, item, wall)
    await breathe()
  }
  const changed = new Set<FactId>()
  for (const entry of unsettled.registers) {
    const space = entry.indexOf(' ')
    settleOne(connection, causality, changed, entry.slice(0, space), entry.slice(space + 1) as RegisterName)
    await breathe()
  }
  for (const item of changed) {
    refreshFromVersions(connection, causality, item)
    await breathe()
  }
  unsettled.items.clear()
  unsettled.numbers.clear()
  unsettled.registers.clear()
  unsettled.walls.clear()
}
