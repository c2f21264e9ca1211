import { StudioError, type Commit, type Fact, type HeadSignature, type Sha256 } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { canonicalText, hashOf } from '../hashing.js'
import { sortKeyOf } from '../ordering.js'
import type { Packed } from '../packing.js'
import { keyOfReplica } from '../replica.js'
import { hasValidOwnSignature, headBytes, isSignedBy } from '../signatures.js'
import { sortInSlices, type Slices } from '../slices.js'
import { hasBody, parseCommit, parseFact } from '../store.js'
import { commitsLeniently, readLeniently } from './lenient.js'
import { counting, slicesOf, type MergeRun } from './run.js'

/** What is not taken over, and why [MERGE3]. */
export interface Refusal { readonly code: 'wrong-hash' | 'broken-chain' | 'forged-signature' | 'other-project' | 'missing'; readonly detail: string }

/** What a file holds that ours does not, checked. Bodies stay in that file until they are taken over: `anew` where one may not be taken as it is. */
export interface Findings {
  /** New commits, in the order of their clocks. */
  readonly commits: readonly { readonly hash: Sha256; readonly anew: Packed | null; readonly commit: Commit }[]
  /** Fact bodies that ours lacks, with each commit that names them. */
  readonly facts: ReadonlyMap<Sha256, { readonly anew: Packed | null; readonly fact: Fact }>
  /** Commits that we hold and whose facts come only now. */
  readonly filled: ReadonlySet<Sha256>
  readonly blocks: ReadonlyMap<Sha256, Packed | null>
  readonly blobs: ReadonlyMap<Sha256, { readonly id: number; readonly size: number }>
  readonly signatures: readonly HeadSignature[]
  /** Versions that were held without some of their bytes, which come now. */
  readonly remeasured: ReadonlySet<Sha256>
  /** Every fact that accepted commits of that file name, held or new. */
  readonly named: ReadonlySet<Sha256>
  readonly refused: readonly Refusal[]
}

/**
 * Reads another file's primary tables, trusting none of its projections, and finds what is new. A commit is taken if its
 * hash is right and its chain is whole; what comes after a refused one in its chain is refused with it, all else merges.
 */
export async function examine(ours: Connection, theirs: Connection, project: Sha256, run: MergeRun = {}): Promise<Findings> {
  const slices = slicesOf(run)
  const refused: Refusal[] = []
  const all = theirs.get<{ count: number }>('SELECT count(*) AS count FROM commits')!.count
  // Reading a commit, judging it, and reading what it names take about as long as each other.
  const count = counting(run, 'examining', 3 * all)
  const accepted = await acceptCommits(ours, theirs, project, refused, slices, count)
  const facts = new Map<Sha256, { anew: Packed | null; fact: Fact }>()
  const filled = new Set<Sha256>()
  const named = new Set<Sha256>()
  for (const { hash, commit, isNew } of accepted.values()) {
    for (const id of commit.facts) {
      if (!named.has(id) && !hasBody(ours, 'facts', id)) takeFact(theirs, id, facts, refused)
      named.add(id)
      if (!isNew && facts.has(id)) filled.add(hash)
      await slices.breathe()
    }
    count()
  }
  if (!named.has(project)) throw new StudioError('not-the-same-project', { path: theirs.path })
  const bytes = await findBytes(ours, theirs, facts, named, refused, slices)
  const commits = await sortInSlices([...accepted.values()].filter((entry) => entry.isNew), ({ commit, hash }) => sortKeyOf(commit, hash), slices)
  return { commits, facts, filled, ...bytes, signatures: await findSignatures(ours, theirs, accepted, refused, slices), named, refused }
}

interface Accepted { readonly hash: Sha256; readonly anew: Packed | null; readonly commit: Commit; readonly isNew: boolean }

async function acceptCommits(ours: Connection, theirs: Connection, project: Sha256, refused: Refusal[], slices: Slices, count: () => void): Promise<Map<Sha256, Accepted>> {
  const found: Accepted[] = []
  for (const { hash, row } of commitsLeniently(theirs)) {
    const commit = row === null || hashOf(row.text) !== hash ? null : parseCommit(row.text)
    if (row === null || commit === null || canonicalText(commit) !== row.text) refused.push({ code: 'wrong-hash', detail: `commit ${hash}` })
    else found.push({ hash, anew: row.anew, commit, isNew: !hasBody(ours, 'commits', hash) })
    count()
    await slices.breathe()
  }
  const accepted = new Map<Sha256, Accepted>()
  // Each is judged after the one before it in its chain.
  for (const entry of await sortInSlices(found, ({ commit, hash }) => `${String(commit.number).padStart(16, '0')} ${hash}`, slices)) {
    const refusal = entry.isNew ? whyRefused(ours, theirs, entry, accepted, project) : null
    if (refusal === null) accepted.set(entry.hash, entry)
    else refused.push(refusal)
    count()
    await slices.breathe()
  }
  await nameMissing(ours, accepted, refused, slices)
  return accepted
}

/** Commits that a new one had seen and that neither file holds: something was cut out on the way [MERGE3]. */
async function nameMissing(ours: Connection, accepted: ReadonlyMap<Sha256, Accepted>, refused: Refusal[], slices: Slices): Promise<void> {
  const named = new Set<Sha256>()
  for (const { hash, commit, isNew } of accepted.values()) {
    if (!isNew) continue
    await slices.breathe()
    for (const [replica, [number, seen]] of Object.entries(commit.seen)) {
      if (named.has(seen) || accepted.has(seen)) continue
      if (hasBody(ours, 'commits', seen) || refused.some((refusal) => refusal.detail.includes(seen))) continue
      named.add(seen)
      refused.push({ code: 'missing', detail: `commit ${seen} (${replica} ${number}), seen by ${hash}` })
    }
  }
}

function whyRefused(
  ours: Connection, theirs: Connection, { hash, commit }: Accepted, accepted: ReadonlyMap<Sha256, Accepted>, project: Sha256
): Refusal | null {
  const place = `commit ${hash} (${commit.replica} ${commit.number})`
  for (const id of commit.facts) {
    if (id !== project && isProjectFact(theirs, id)) return { code: 'other-project', detail: place }
  }
  if (commit.number === 1) {
    if (commit.previous !== null || commit.key === undefined) return { code: 'broken-chain', detail: place }
    const { key, replica } = commit
    const signatures = [theirs, ours].flatMap(
      (connection) => connection.all<{ signature: string }>('SELECT signature FROM signatures WHERE replica = ? AND number = 1 AND hash = ?', replica, hash)
    )
    return signatures.some(
      ({ signature }) => isSignedBy(key, headBytes({ replica, number: 1, hash }), signature)
    ) ? null : { code: 'forged-signature', detail: place }
  }
  if (commit.previous === null || commit.key !== undefined) return { code: 'broken-chain', detail: place }
  const before = accepted.get(commit.previous)?.commit ?? ours.get<{ replica: string; number: number; person: string }>(
    'SELECT replica, number, person FROM log WHERE hash = ?', commit.previous
  )
  const follows = before !== undefined && before.replica === commit.replica && before.number === commit.number - 1 && before.person === commit.person
  return follows ? null : { code: 'broken-chain', detail: place }
}

function isProjectFact(theirs: Connection, id: Sha256): boolean {
  const text = readLeniently(theirs, 'facts', id)?.text
  return text !== undefined && text.includes('"kind":"project"') && parseFact(text)?.kind === 'project'
}

function takeFact(theirs: Connection, id: Sha256, facts: Map<Sha256, { anew: Packed | null; fact: Fact }>, refused: Refusal[]): void {
  const row = readLeniently(theirs, 'facts', id)
  const fact = row === null || hashOf(row.text) !== id ? null : parseFact(row.text)
  if (row === null) refused.push({ code: 'missing', detail: `fact ${id}` })
  else if (fact === null) refused.push({ code: 'wrong-hash', detail: `fact ${id}` })
  else {
    // The body is kept, because its commit names it; but it is shown nowhere, in this file and in every other.
    if (!hasValidOwnSignature(fact)) refused.push({ code: 'forged-signature', detail: `${fact.kind} ${id}` })
    facts.set(id, { anew: row.anew, fact })
  }
}

/** Text blocks and blobs that new versions name, or that held versions lack; none of what a removal took away [REMOVE1]. */
async function findBytes(
  ours: Connection, theirs: Connection, facts: ReadonlyMap<Sha256, { fact: Fact }>, named: ReadonlySet<Sha256>, refused: Refusal[], slices: Slices
): Promise<Pick<Findings, 'blocks' | 'blobs' | 'remeasured'>> {
  const blocks = new Map<Sha256, Packed | null>()
  const blobs = new Map<Sha256, { id: number; size: number }>()
  const remeasured = new Set<Sha256>()
  const removed = new Set(ours.all<{ target: Sha256 }>("SELECT target FROM about WHERE kind = 'removal'").map((row) => row.target))
  for (const { fact } of facts.values()) if (fact.kind === 'removal') removed.add(fact.version)
  const looked = new Set<Sha256>()
  for (const id of named) {
    await slices.breathe()
    const text = facts.has(id) || removed.has(id) ? null : readLeniently(ours, 'facts', id)?.text
    const fact = facts.get(id)?.fact ?? (text?.includes('"kind":"version"') ? parseFact(text) : null)
    if (fact?.kind !== 'version' || removed.has(id)) continue
    const { content } = fact
    if (content.type === 'blob') {
      if (ours.get('SELECT 1 FROM blobs WHERE hash = ? AND named = 1', content.hash) !== undefined || blobs.has(content.hash)) continue
      const blob = theirs.get<{ id: number; size: number }>('SELECT id, size FROM blobs WHERE hash = ?', content.hash)
      if (blob === undefined) refused.push({ code: 'missing', detail: `blob ${content.hash} of version ${id}` })
      else blobs.set(content.hash, blob)
      continue
    }
    for (const hash of content.blocks) {
      if (looked.has(hash)) {
        if (blocks.has(hash) && !facts.has(id)) remeasured.add(id)
        continue
      }
      looked.add(hash)
      if (hasBody(ours, 'blocks', hash)) continue
      const block = readLeniently(theirs, 'blocks', hash)
      if (block === null) refused.push({ code: 'missing', detail: `text block ${hash} of version ${id}` })
      else if (hashOf(block.text) !== hash) refused.push({ code: 'wrong-hash', detail: `text block ${hash} of version ${id}` })
      else {
        blocks.set(hash, block.anew)
        if (!facts.has(id)) remeasured.add(id)
      }
      await slices.breathe()
    }
  }
  return { blocks, blobs, remeasured }
}

async function findSignatures(
  ours: Connection, theirs: Connection, accepted: ReadonlyMap<Sha256, Accepted>, refused: Refusal[], slices: Slices
): Promise<HeadSignature[]> {
  const taken: HeadSignature[] = []
  const keys = new Map<Sha256, string | null>()
  const keyOf = (hash: Sha256): string | null => {
    const path: Sha256[] = []
    let key: string | null | undefined
    for (let at: Sha256 | null = hash; key === undefined && at !== null;) {
      key = keys.get(at)
      const entry = accepted.get(at)
      if (key === undefined && entry === undefined) key = keyOfReplica(ours, at)
      else if (key === undefined && entry!.commit.previous === null) key = entry!.commit.key ?? null
      path.push(at)
      at = entry?.commit.previous ?? null
    }
    for (const step of path) keys.set(step, key ?? null)
    return key ?? null
  }
  for (const row of theirs.all<HeadSignature>('SELECT replica, number, hash, signature FROM signatures ORDER BY number')) {
    await slices.breathe()
    if (
      ours.get(
        'SELECT 1 FROM signatures WHERE replica = ? AND number = ? AND hash = ? AND signature = ?', row.replica, row.number, row.hash, row.signature
      ) !== undefined
    ) {
      continue
    }
    const commit = accepted.get(row.hash)?.commit
    if (commit === undefined) continue
    const key = keyOf(row.hash)
    if (commit.replica === row.replica && commit.number === row.number && key !== null && isSignedBy(key, headBytes(row), row.signature)) taken.push(row)
    else refused.push({ code: 'forged-signature', detail: `chain head ${row.hash} (${row.replica} ${row.number})` })
  }
  return taken
}
