import type { Commit, FactId, HybridClock, RegisterWrite, Sha256, VersionVector } from '../../contract/index.js'
import type { Connection } from './connection.js'
import { canonicalText, hashOf } from './hashing.js'
import { nextClock } from './ordering.js'
import { newReplicaId, type ReplicaLine } from './replica.js'
import type { Author } from './types.js'

/** A commit with its canonical text and hash, not written yet. */
export interface SealedCommit { readonly commit: Commit; readonly text: string; readonly hash: Sha256 }

/**
 * Everything that the file holds, as replica → [number, hash], without the writer's own chain, which `previous` names.
 * Of a fork the vector can name one end only; the other stays beside it, in every file the same one.
 */
export function versionVectorOf(connection: Connection, own: Sha256 | null): VersionVector {
  const vector: VersionVector = {}
  for (
    const row of connection.all<{ hash: Sha256; replica: string; number: number }>('SELECT hash, replica, number FROM chains ORDER BY replica, number, hash')
  ) {
    if (row.hash !== own) vector[row.replica] = [row.number, row.hash]
  }
  return vector
}

/** The newest clock of all commits in the file. */
export function newestClock(connection: Connection): HybridClock | null {
  return connection.get<HybridClock>('SELECT wall, counter FROM log ORDER BY sort DESC LIMIT 1') ?? null
}

/**
 * The next commit of a line, or the first one of a new line where there is none [COMMIT1, REPLICA1]. `now` in wall
 * milliseconds.
 */
export function sealCommit(
  connection: Connection, line: ReplicaLine | null, author: Author, now: number, facts: readonly FactId[], registers: readonly RegisterWrite[]
): SealedCommit {
  const commit: Commit = {
    format: 1,
    replica: line?.replica ?? newReplicaId(),
    number: (line?.number ?? 0) + 1,
    clock: nextClock(now, line?.clock ?? null, newestClock(connection)),
    person: author.person,
    previous: line?.hash ?? null,
    seen: versionVectorOf(connection, line?.hash ?? null),
    facts: [...facts],
    registers: [...registers],
    ...(line === null ? { key: author.signer.publicKey } : {}),
  }
  const text = canonicalText(commit)
  return { commit, text, hash: hashOf(text) }
}
