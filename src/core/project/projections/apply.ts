import type { Commit, FactId, RegisterName, Sha256 } from '../../../contract/index.js'
import type { Causality } from '../causality.js'
import type { Connection } from '../connection.js'
import { canonicalText } from '../hashing.js'
import { factSortKey, sortKeyOf } from '../ordering.js'
import { recordWrite, settleRegister } from '../registers.js'
import { readFact } from '../store.js'
import { projectFact, refreshHidden } from './facts.js'
import { refreshFolder, refreshItem, touchItem } from './items.js'

/** Registers that were written and not settled yet, as `target name`. */
export type Unsettled = Set<string>

/**
 * Takes a commit into the projections [COMMIT1]; does nothing where it is in them. Its bodies must be in the primary
 * tables. What comes out is the same in whatever order commits are taken [MERGE2].
 *
 * `unsettled` collects registers for `settle`; without it this commit has seen all that the file holds (an own commit),
 * and its register writes show at once.
 */
export function applyCommit(connection: Connection, causality: Causality, hash: Sha256, commit: Commit, unsettled?: Unsettled): void {
  const sort = sortKeyOf(commit, hash)
  const inserted = connection.run("INSERT OR IGNORE INTO log (hash, sort, replica, number, wall, counter, person, previous, kinds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]')",
    hash, sort, commit.replica, commit.number, commit.clock.wall, commit.clock.counter, commit.person, commit.previous)
  if (inserted === 0) return
  extendChain(connection, causality, hash, commit)
  for (const [position, id] of commit.facts.entries()) {
    const fact = readFact(connection, id)
    if (fact !== null) projectFact(connection, causality, id, fact, factSortKey(sort, position))
  }
  connection.run('UPDATE log SET kinds = ? WHERE hash = ?', kindsOf(connection, commit), hash)
  for (const write of commit.registers) {
    recordWrite(connection, write.target, write.name, hash)
    touchItem(connection, write.target, commit.clock.wall)
    if (unsettled !== undefined) unsettled.add(`${write.target} ${write.name}`)
    else settleOne(connection, causality, write.target, write.name, causality.forks().size > 0 ? undefined : { hash, value: canonicalText(write.value) })
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

/** Settles one register and what depends on it. */
function settleOne(connection: Connection, causality: Causality, target: FactId, name: RegisterName, newest?: { hash: Sha256; value: string }): boolean {
  const changed = settleRegister(connection, causality, target, name, newest)
  if (name === 'hidden' && changed) {
    refreshHidden(connection, causality, target, connection.get<{ value: string }>("SELECT value FROM registers WHERE target = ? AND name = 'hidden'", target)?.value === 'true')
  }
  refreshItem(connection, causality, target)
  refreshFolder(connection, causality, target)
  return changed
}

/** Settles registers that merged or replayed commits wrote. `breathe` is awaited between them. */
export async function settle(connection: Connection, causality: Causality, unsettled: Unsettled, breathe: () => Promise<void>): Promise<void> {
  for (const entry of unsettled) {
    const space = entry.indexOf(' ')
    settleOne(connection, causality, entry.slice(0, space), entry.slice(space + 1) as RegisterName)
    await breathe()
  }
  unsettled.clear()
}
