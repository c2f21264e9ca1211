import type { RegisterName, Sha256 } from '../../contract/index.js'
import type { Causality } from './causality.js'
import type { Connection } from './connection.js'
import { canonicalText } from './hashing.js'
import { readCommit } from './store.js'

interface Write { readonly hash: Sha256; readonly replica: string; readonly number: number; readonly wall: number; readonly counter: number }

/**
 * The write that a register shows [REG1]: among those that no other write of this register has seen, the one with the
 * highest hybrid clock, then replica id; for the branches of a fork also number and hash, so that the answer is one.
 */
export function chooseWinner(writes: readonly Write[], saw: (later: Sha256, earlier: Sha256) => boolean): Sha256 | null {
  const unseen = writes.filter((write) => !writes.some((other) => saw(other.hash, write.hash)))
  let winner: Write | null = null
  for (const write of unseen) if (winner === null || compareWrites(write, winner) > 0) winner = write
  return winner?.hash ?? null
}

function compareWrites(a: Write, b: Write): number {
  if (a.wall !== b.wall) return a.wall - b.wall
  if (a.counter !== b.counter) return a.counter - b.counter
  if (a.replica !== b.replica) return a.replica < b.replica ? -1 : 1
  if (a.number !== b.number) return a.number - b.number
  return a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0
}

/** The value that a commit gave a register: its last write where it wrote twice. */
export function valueWritten(connection: Connection, hash: Sha256, target: Sha256, name: string): string {
  const writes = readCommit(connection, hash).registers.filter((write) => write.target === target && write.name === name)
  return canonicalText(writes.at(-1)?.value ?? null)
}

/** Notes that a commit wrote a register. Nothing is shown before `settleRegister`. */
export function recordWrite(connection: Connection, target: Sha256, name: RegisterName, hash: Sha256): void {
  connection.run('INSERT OR IGNORE INTO register_writes (target, name, hash) VALUES (?, ?, ?)', target, name, hash)
}

/**
 * Chooses what the register shows and answers whether that is another write than before. `newest` names a write that is
 * known to have seen all others, so that a register which was written ten thousand times needs no look at each.
 */
export function settleRegister(
  connection: Connection, causality: Causality, target: Sha256, name: string, newest?: { readonly hash: Sha256; readonly value: string }
): boolean {
  const current = connection.get<{ hash: Sha256 }>('SELECT hash FROM registers WHERE target = ? AND name = ?', target, name)
  const winner = newest?.hash ?? winnerOf(connection, causality, target, name)
  if (winner === null || winner === current?.hash) return false
  const value = newest?.value ?? valueWritten(connection, winner, target, name)
  connection.run(
    'INSERT INTO registers (target, name, hash, value) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash, value = excluded.value', target,
    name, winner, value,
  )
  return true
}

/** The winner among all writes that the file holds. */
function winnerOf(connection: Connection, causality: Causality, target: Sha256, name: string): Sha256 | null {
  const writes = connection.all<Write>(
    `SELECT w.hash, l.replica, l.number, l.wall, l.counter FROM register_writes w
      JOIN log l ON l.hash = w.hash WHERE w.target = ? AND w.name = ? ORDER BY l.number DESC`,
    target, name)
  // In a chain without a fork each write has seen the ones before it, so only the last of each can win.
  const passed = new Set<string>()
  const candidates = writes.filter((write) => {
    if (causality.forks().has(write.replica)) return true
    if (passed.has(write.replica)) return false
    passed.add(write.replica)
    return true
  })
  if (candidates.length <= 1) return candidates[0]?.hash ?? null
  // A chain without a fork forgets nothing that it has seen: what one of its writes saw, its last one saw. Looking at
  // these alone is what keeps a merge of long lines from reading every commit again.
  const lookers = causality.forks().size === 0 ? candidates : writes
  const unseen = candidates.filter((write) => !lookers.some((other) => causality.saw(other.hash, write.hash)))
  return chooseWinner(unseen, () => false)
}
