import type { Sha256, VersionVector } from '../../contract/index.js'
import type { Connection } from './connection.js'
import { readCommit } from './store.js'

interface Place { readonly replica: string; readonly number: number; readonly previous: Sha256 | null; readonly seen: VersionVector }

/** Answers which commit had seen which other one, by the version vectors that commits carry [REG1]. */
export class Causality {
  private readonly places = new Map<Sha256, Place>()
  private forked: Set<string> | null = null

  constructor(private readonly connection: Connection) {}

  place(hash: Sha256): Place {
    let place = this.places.get(hash)
    if (place === undefined) {
      const { replica, number, previous, seen } = readCommit(this.connection, hash)
      place = { replica, number, previous, seen }
      if (this.places.size > 20_000) this.places.clear()
      this.places.set(hash, place)
    }
    return place
  }

  /** Replicas with two commits of one number: there a number alone does not say which commit was seen [MERGE3]. */
  forks(): ReadonlySet<string> {
    this.forked ??= new Set(
      this.connection.all<{ replica: string }>('SELECT replica FROM chains GROUP BY replica HAVING count(*) > 1').map((row) => row.replica)
    )
    return this.forked
  }

  /** Call when chain heads changed other than by going on at their end. */
  forgetForks(): void {
    this.forked = null
  }

  /** A commit was rolled back: what was looked up of it is not so. */
  forget(hash: Sha256): void {
    this.places.delete(hash)
    this.forked = null
  }

  /** Whether the writer of `later` had seen `earlier`. A commit has not seen itself. */
  saw(later: Sha256, earlier: Sha256): boolean {
    if (later === earlier) return false
    const a = this.place(later)
    const b = this.place(earlier)
    if (a.replica === b.replica && b.number < a.number && (!this.forks().has(b.replica) || this.isOnChain(earlier, b.number, a.previous))) return true
    const entry = a.seen[b.replica]
    if (entry === undefined || entry[0] < b.number) return false
    return !this.forks().has(b.replica) || this.isOnChain(earlier, b.number, entry[1])
  }

  /** Whether walking back from `from` comes by `hash`. A chain that is not held ends the walk. */
  private isOnChain(hash: Sha256, number: number, from: Sha256 | null): boolean {
    let at = from
    while (at !== null) {
      if (at === hash) return true
      const row = this.connection.get<{ number: number; previous: Sha256 | null }>('SELECT number, previous FROM log WHERE hash = ?', at)
      if (row === undefined || row.number <= number) return false
      at = row.previous
    }
    return false
  }
}
