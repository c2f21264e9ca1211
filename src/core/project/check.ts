import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { StudioError, type Commit, type Sha256 } from '../../contract/index.js'
import { keyOfReplica } from './replica.js'
import type { Connection } from './connection.js'
import { canonicalText, hashOf } from './hashing.js'
import { openProject } from './open.js'
import { identityOf, openHere, realPathOf } from './open-files.js'
import type { OpenProject } from './project-writer.js'
import { hashProjections, rebuildProjections } from './projections/rebuild.js'
import { hasValidOwnSignature, headBytes, isSignedBy } from './signatures.js'
import { Slices } from './slices.js'
import { hasBody, parseCommit, parseFact, readBody } from './store.js'
import type { ReplicaMemory } from './types.js'

export interface CheckReport {
  readonly ok: boolean
  readonly commits: number
  readonly versions: number
  readonly blobs: number
  readonly problems: readonly { readonly code: string; readonly detail: string }[]
}

export interface CheckOptions {
  readonly rebuild: boolean
  /** Folder for private copies; the system's where absent. */
  readonly cacheDir?: string
  /** Where given, the file counts as closed cleanly afterwards [OPEN1]. */
  readonly memory?: ReplicaMemory
}

type Problem = CheckReport['problems'][number]

const nothingRemembered: ReplicaMemory = { read: () => null, write: () => undefined }

/**
 * Hashes again every primary row that a commit names, and makes the projections again where asked [COMMIT1]. A project
 * that is open here is checked through its own connection. A damaged file is a report, not an error. Errors: `not-found`,
 * `not-a-project`, `project-newer`, `project-in-use`, `project-read-only` (a rebuild there), `disk-full`.
 */
export async function checkProject(path: string, options: CheckOptions): Promise<CheckReport> {
  const real = realPathOf(path)
  const open = openHere(real, identityOf(real)) as OpenProject | null
  if (open !== null) return checkOpen(open, options.rebuild)
  let project: OpenProject
  try {
    project = await openProject(real, { memory: options.memory ?? nothingRemembered, cacheDir: options.cacheDir ?? tmpdir(), check: true })
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'project-damaged') throw error
    const { detail } = error.data as { detail: string }
    return { ok: false, commits: 0, versions: 0, blobs: 0, problems: [{ code: 'project-damaged', detail }] }
  }
  try {
    return await checkOpen(project, options.rebuild)
  } finally {
    await project.close()
  }
}

function checkOpen(project: OpenProject, rebuild: boolean): Promise<CheckReport> {
  const work = (): Promise<CheckReport> => checkConnection(project, rebuild)
  return project.readOnly && !rebuild ? project.queue.add(work) : project.write(work)
}

async function checkConnection(project: OpenProject, rebuild: boolean): Promise<CheckReport> {
  const { connection } = project
  const slices = new Slices()
  const problems: Problem[] = []
  const blobs = new Set<Sha256>()
  let versions = 0
  const hashes = connection.all<{ hash: Sha256 }>('SELECT hash FROM commits ORDER BY hash')
  const seenFacts = new Set<Sha256>()
  const seenBlocks = new Set<Sha256>()
  const removed = await findRemoved(connection, hashes, slices)
  for (const { hash } of hashes) {
    const commit = checkCommit(connection, hash, problems)
    for (const id of commit?.facts ?? []) {
      if (seenFacts.has(id)) continue
      seenFacts.add(id)
      versions += await checkFact(connection, id, removed, seenBlocks, blobs, problems, slices)
    }
    await slices.breathe()
  }
  for (const hash of blobs) await checkBlob(connection, hash, problems, slices)
  await checkSignatures(connection, problems, slices)
  if (rebuild) await rebuildAndCompare(project, problems, slices)
  return { ok: problems.every((problem) => problem.code === 'rebuilt'), commits: hashes.length, versions, blobs: blobs.size, problems }
}

/** Versions that a removal names: their bytes may be gone [REMOVE1]. Read from the facts, as projections may be wrong. */
async function findRemoved(connection: Connection, hashes: readonly { hash: Sha256 }[], slices: Slices): Promise<ReadonlySet<Sha256>> {
  const removed = new Set<Sha256>()
  for (const { hash } of hashes) {
    const commit = attempt(() => parseCommit(readBody(connection, 'commits', hash) ?? ''))
    for (const id of commit?.facts ?? []) {
      const fact = attempt(() => parseFact(readBody(connection, 'facts', id) ?? ''))
      if (fact?.kind === 'removal') removed.add(fact.version)
    }
    await slices.breathe()
  }
  return removed
}

function attempt<Result>(read: () => Result | null): Result | null {
  try {
    return read()
  } catch {
    return null
  }
}

function checkCommit(connection: Connection, hash: Sha256, problems: Problem[]): Commit | null {
  const text = attempt(() => readBody(connection, 'commits', hash))
  const commit = text === null || hashOf(text) !== hash ? null : parseCommit(text)
  if (commit === null || text === null || canonicalText(commit) !== text) {
    problems.push({ code: 'commit-damaged', detail: hash })
    return null
  }
  const place = `${hash} (${commit.replica} ${commit.number})`
  const isSigned = connection.get('SELECT 1 FROM signatures WHERE replica = ? AND number = 1 AND hash = ?', commit.replica, hash) !== undefined
  if (commit.number === 1 && !isSigned) problems.push({ code: 'signature-missing', detail: place })
  if ((commit.number === 1) !== (commit.previous === null)) problems.push({ code: 'chain-broken', detail: place })
  if (commit.previous !== null && !hasBody(connection, 'commits', commit.previous)) {
    problems.push({ code: 'commit-missing', detail: `${commit.previous} before ${place}` })
  }
  for (const [replica, [number, seen]] of Object.entries(commit.seen)) {
    if (!hasBody(connection, 'commits', seen)) problems.push({ code: 'commit-missing', detail: `${seen} (${replica} ${number}), seen by ${place}` })
  }
  return commit
}

async function checkFact(
  connection: Connection, id: Sha256, removed: ReadonlySet<Sha256>, seenBlocks: Set<Sha256>, blobs: Set<Sha256>, problems: Problem[], slices: Slices
): Promise<number> {
  const text = attempt(() => readBody(connection, 'facts', id))
  if (text === null || hashOf(text) !== id) {
    problems.push({ code: text === null ? 'fact-missing' : 'fact-damaged', detail: id })
    return 0
  }
  const fact = parseFact(text)
  if (fact === null) problems.push({ code: 'fact-damaged', detail: id })
  else if (!hasValidOwnSignature(fact)) problems.push({ code: 'signature-forged', detail: `${fact.kind} ${id}` })
  if (fact?.kind !== 'version') return 0
  if (fact.content.type === 'blob') {
    const { hash } = fact.content
    if (connection.get('SELECT 1 FROM blobs WHERE hash = ?', hash) !== undefined) blobs.add(hash)
    else if (!removed.has(id)) problems.push({ code: 'blob-missing', detail: `${hash} of version ${id}` })
    return 1
  }
  for (const hash of fact.content.blocks) {
    if (seenBlocks.has(hash)) continue
    const block = attempt(() => readBody(connection, 'blocks', hash))
    if (block !== null && hashOf(block) === hash) seenBlocks.add(hash)
    else if (hasBody(connection, 'blocks', hash)) problems.push({ code: 'block-damaged', detail: `${hash} of version ${id}` })
    else if (!removed.has(id)) problems.push({ code: 'block-missing', detail: `${hash} of version ${id}` })
    await slices.breathe()
  }
  return 1
}

async function checkBlob(connection: Connection, hash: Sha256, problems: Problem[], slices: Slices): Promise<void> {
  const row = connection.get<{ id: number; size: number }>('SELECT id, size FROM blobs WHERE hash = ?', hash)!
  const digest = createHash('sha256')
  let size = 0
  for (let position = 0; size < row.size; position++) {
    const chunk = connection.get<{ bytes: Uint8Array }>('SELECT bytes FROM chunks WHERE blob = ? AND position = ?', row.id, position)
    if (chunk === undefined || chunk.bytes.length === 0) break
    digest.update(chunk.bytes)
    size += chunk.bytes.length
    await slices.breathe()
  }
  if (size !== row.size || digest.digest('hex') !== hash) problems.push({ code: 'blob-damaged', detail: hash })
}

async function checkSignatures(connection: Connection, problems: Problem[], slices: Slices): Promise<void> {
  for (
    const row of connection.all<{ replica: string; number: number; hash: Sha256; signature: string }>('SELECT replica, number, hash, signature FROM signatures')
  ) {
    const key = attempt(() => keyOfReplica(connection, row.hash))
    if (key === null || !isSignedBy(key, headBytes(row), row.signature)) {
      problems.push({ code: 'signature-forged', detail: `chain head ${row.hash} (${row.replica} ${row.number})` })
    }
    await slices.breathe()
  }
}

async function rebuildAndCompare(project: OpenProject, problems: Problem[], slices: Slices): Promise<void> {
  const { connection } = project
  const before = await hashProjections(connection, slices)
  await connection.longTransaction(() => rebuildProjections(connection, slices))
  project.causality.forgetForks()
  if (await hashProjections(connection, slices) !== before) {
    problems.push({ code: 'rebuilt', detail: 'what is shown did not agree with the history, and was made again' })
  }
}
