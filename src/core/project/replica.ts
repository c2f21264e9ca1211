import { randomBytes } from 'node:crypto'
import type { HybridClock, Sha256 } from '../../contract/index.js'
import type { Connection } from './connection.js'
import { sameKey } from './signatures.js'
import { readCommit } from './store.js'
import type { Author, ReplicaMemory } from './types.js'

/** The writing line of one installation and person in one file [REPLICA1]. */
export interface ReplicaLine {
  readonly replica: string
  readonly person: string
  readonly key: string
  /** The line's newest commit. */
  readonly number: number
  readonly hash: Sha256
  readonly clock: HybridClock
}

/** Replicas that an open project of this process writes: no second one may go on with them [REPLICA1]. */
const inUse = new Set<string>()

export function newReplicaId(): string {
  return randomBytes(12).toString('base64url')
}

export const takeReplica = (replica: string): void => void inUse.add(replica)
export const giveBackReplica = (replica: string): void => void inUse.delete(replica)

/**
 * The line that may be continued: remembered for this very file, used by no other open project, its remembered hash in
 * the file, and written with the author's own key. Else null, and the next commit begins a new one that has seen the
 * old head. The file may be ahead of the memory (it is written after the commit), never behind.
 */
export function findContinuedLine(connection: Connection, remembered: ReturnType<ReplicaMemory['read']>, author: Author): ReplicaLine | null {
  if (remembered === null || remembered.number < 1 || inUse.has(remembered.replica)) return null
  const row = connection.get<{ replica: string; number: number }>('SELECT replica, number FROM log WHERE hash = ?', remembered.hash)
  if (row === undefined || row.replica !== remembered.replica || row.number !== remembered.number) return null
  const heads = connection.all<{ hash: Sha256; number: number }>('SELECT hash, number FROM chains WHERE replica = ?', remembered.replica)
  const head = heads[0]
  // Two ends of one line: somebody else went on with it elsewhere. Neither may be continued.
  if (head === undefined || heads.length > 1) return null
  const newest = readCommit(connection, head.hash)
  if (newest.person !== author.person || !sameKey(keyOfReplica(connection, head.hash) ?? '', author.signer.publicKey)) return null
  return { replica: remembered.replica, person: author.person, key: author.signer.publicKey, number: head.number, hash: head.hash, clock: newest.clock }
}

/** Public key that a commit's chain began with, or null where its beginning is not held. */
export function keyOfReplica(connection: Connection, hash: Sha256): string | null {
  const row = connection.get<{ replica: string; number: number }>('SELECT replica, number FROM log WHERE hash = ?', hash)
  if (row === undefined) return null
  const firsts = connection.all<{ hash: Sha256 }>('SELECT hash FROM log WHERE replica = ? AND number = 1', row.replica)
  if (firsts.length === 1) return readCommit(connection, firsts[0]!.hash).key ?? null
  let at: Sha256 | null = hash
  for (;;) {
    const step: { previous: Sha256 | null } | undefined = connection.get<{ previous: Sha256 | null }>('SELECT previous FROM log WHERE hash = ?', at)
    if (step === undefined) return null
    if (step.previous === null) return readCommit(connection, at).key ?? null
    at = step.previous
  }
}
