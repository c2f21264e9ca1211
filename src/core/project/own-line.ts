import type { HeadSignature, Sha256 } from '../../contract/index.js'
import type { SealedCommit } from './commit-log.js'
import type { Connection } from './connection.js'
import { findContinuedLine, giveBackReplica, takeReplica, type ReplicaLine } from './replica.js'
import { headBytes, sameKey } from './signatures.js'
import type { Author, ReplicaMemory } from './types.js'

/** A chain head is signed at most this often by itself, in milliseconds [SIGN1]. */
const SIGN_EVERY = 60_000

export type Head = Omit<HeadSignature, 'signature'>

/** A signature over a chain head by its author. */
export async function signHead(head: Head, author: Author): Promise<HeadSignature> {
  return { ...head, signature: await author.signer.sign(headBytes(head)) }
}

/** What this opening writes under: which replica goes on, what this computer remembers of it, and what is signed. */
export class OwnLine {
  private readonly remembered: ReturnType<ReplicaMemory['read']>
  private line: ReplicaLine | null = null
  private isPassed = false
  private signedAt = 0
  private readonly unsigned = new Map<string, { head: Head; author: Author }>()

  /** `identity` null: the file is not remembered (a copy in the cache). */
  constructor(private readonly connection: Connection, private readonly memory: ReplicaMemory, private readonly identity: string | null) {
    this.remembered = identity === null ? null : memory.read(identity)
  }

  /** The line to go on with, or null: the author's next commit begins a new replica [REPLICA1]. */
  of(author: Author): ReplicaLine | null {
    if (this.line === null && !this.isPassed) {
      this.line = findContinuedLine(this.connection, this.remembered, author)
      if (this.line !== null) takeReplica(this.line.replica)
    }
    const line = this.line
    return line !== null && line.person === author.person && sameKey(line.key, author.signer.publicKey) ? line : null
  }

  /** Whether the next commit is to be signed by itself: the first of a line, and else one a minute [SIGN1]. */
  isSignatureDue(line: ReplicaLine | null, now: number): boolean {
    return line === null || now - this.signedAt >= SIGN_EVERY
  }

  /** After the commit: what is known of the own line, here and in the memory of this computer [REPLICA1]. */
  wrote(sealed: SealedCommit, author: Author, isSigned: boolean, now: number): void {
    const { replica, number, clock } = sealed.commit
    if (this.line?.replica !== replica) {
      if (this.line !== null) giveBackReplica(this.line.replica)
      takeReplica(replica)
    }
    this.line = { replica, person: author.person, key: author.signer.publicKey, number, hash: sealed.hash, clock }
    if (isSigned) {
      this.signedAt = now
      this.unsigned.delete(replica)
    } else this.unsigned.set(replica, { head: { replica, number, hash: sealed.hash }, author })
    this.remember(null, 0)
  }

  /** After a merge that brought later commits of the own line (a file that was restored): a new replica begins [REPLICA1]. */
  dropIfPassed(): void {
    if (this.line === null) return
    const heads = this.connection.all<{ hash: Sha256 }>('SELECT hash FROM chains WHERE replica = ?', this.line.replica)
    if (heads.length === 1 && heads[0]!.hash === this.line.hash) return
    giveBackReplica(this.line.replica)
    this.line = null
    this.isPassed = true
  }

  /** Signatures over what no signature covers yet. A signer that fails leaves its commits as "not yet signed". */
  async signRest(): Promise<HeadSignature[]> {
    const signed = await Promise.allSettled([...this.unsigned.values()].map(({ head, author }) => signHead(head, author)))
    return signed.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }

  /** `cleanHash` and `size`: what the file looks like after a clean close; null and 0 while it is open [OPEN1]. */
  remember(cleanHash: Sha256 | null, size: number): void {
    if (this.identity === null) return
    const { replica, number, hash } = this.line ?? this.remembered ?? { replica: '', number: 0, hash: '0'.repeat(64) }
    try {
      this.memory.write(this.identity, { replica, number, hash, cleanHash, size })
    } catch {
      // The commit is on disk. Without the memory the next opening begins a new replica, and nothing is lost.
    }
  }

  giveBack(): void {
    if (this.line !== null) giveBackReplica(this.line.replica)
  }
}
