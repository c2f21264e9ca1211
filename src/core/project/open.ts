import { access, constants, mkdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { sweepBlobs } from './blobs.js'
import { connect } from './connect.js'
import { readHeader, type Header } from './header.js'
import { fingerprintOf } from './lock.js'
import { holdFile, identityOf, realPathOf, releaseFile } from './open-files.js'
import { copyPrivately, exists } from './private-copy.js'
import { OpenProject } from './project-writer.js'
import { quickCheck } from './quick-check.js'
import { newestVersion, type Migration } from './schema/migrations.js'
import { isSharedFolder } from './shared-folder.js'
import type { Author, ReplicaMemory } from './types.js'

export interface OpenOptions {
  readonly author?: Author
  readonly memory: ReplicaMemory
  /** Folder for private copies and for the file as it was before a migration. */
  readonly cacheDir: string
  /** Wall milliseconds; the system's clock where absent. */
  readonly clock?: () => number
  readonly readOnly?: boolean
  /** Whether the place is a network or synced folder; found out where absent. */
  readonly isShared?: boolean
  /** Checks the whole file even if this computer closed it cleanly. */
  readonly check?: boolean
  readonly steps?: readonly Migration[]
}

/**
 * Opens a project, trusting nothing, in the order of [OPEN1]. Opening writes no commit. Errors: `not-found`,
 * `not-a-project`, `project-newer`, `project-in-use`, `project-damaged`, `no-permission`, `disk-full`.
 */
export async function openProject(path: string, options: OpenOptions): Promise<OpenProject> {
  const real = realPathOf(path)
  const identity = identityOf(real)
  holdFile(real, identity)
  try {
    const header = readHeader(real, newestVersion(options.steps))
    const readOnly = options.readOnly === true || !(await isWritable(real))
    return readOnly ? await openForReading(real, header, options) : await openForWriting(real, identity, header, options)
  } catch (error) {
    releaseFile(real)
    throw error
  }
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(() => access(dirname(path), constants.W_OK)).then(() => true, () => false)
}

async function openForWriting(path: string, identity: string, header: Header, options: OpenOptions): Promise<OpenProject> {
  const notices: string[] = []
  const isShared = options.isShared ?? isSharedFolder(path)
  if (isShared) notices.push('network-folder')
  if (await hasContent(`${path}-wal`) || await hasContent(`${path}-journal`)) notices.push('recovered')
  if (options.check === true || !wasClosedCleanly(path, identity, options.memory)) await quickCheck(path, header.version, false)
  const { connection, migrated } = await connect(path, { readOnly: false, isShared, ...(options.steps ? { steps: options.steps } : {}) },
    (database, from) => putAside(database, path, from, options.cacheDir))
  if (migrated) notices.push('migrated')
  try {
    await sweepBlobs(connection)
    return new OpenProject({
      connection, path, identity, memory: options.memory, author: options.author ?? null,
        clock: options.clock ?? Date.now, readOnly: false, notices, cacheDir: options.cacheDir,
    })
  } catch (error) {
    connection.database.close()
    throw error
  }
}

const hasContent = (path: string): Promise<boolean> => stat(path).then((found) => found.size > 0, () => false)

/** This computer closed this very file, and nobody touched it since: no need to read all of it again [OPEN1]. */
function wasClosedCleanly(path: string, identity: string, memory: ReplicaMemory): boolean {
  const remembered = memory.read(identity)
  if (remembered === null || remembered.cleanHash === null) return false
  const found = fingerprintOf(path)
  return found.size === remembered.size && found.fingerprint === remembered.cleanHash
}

async function putAside(database: Database.Database, path: string, from: number, cacheDir: string): Promise<void> {
  await mkdir(cacheDir, { recursive: true })
  await database.backup(join(cacheDir, `${basename(path)}.before-${from}-${Date.now()}.galley`), { progress: () => 200 })
}

/** Where the place is read-only, a file with a log beside it cannot be read as it is: SQLite would have to write there. */
async function openForReading(path: string, header: Header, options: OpenOptions): Promise<OpenProject> {
  const copy = header.isWal || await exists(`${path}-wal`) || await exists(`${path}-journal`) || header.version < newestVersion(options.steps)
    ? await copyPrivately(path, options.cacheDir) : null
  try {
    if (copy !== null) {
      await quickCheck(copy.path, header.version, false)
      await connect(copy.path, { readOnly: false, isShared: true, ...(options.steps ? { steps: options.steps } : {}) }, async () => undefined)
        .then(({ connection }) => connection.database.close())
    } else await quickCheck(path, header.version, true)
    const { connection } = await connect(
      copy?.path ?? path, { readOnly: true, isShared: true, ...(options.steps ? { steps: options.steps } : {}) }, async () => undefined
    )
    return new OpenProject({
      connection, path, identity: null, memory: options.memory, author: options.author ?? null, clock: options.clock ?? Date.now, readOnly: true,
      notices: ['read-only'], cacheDir: options.cacheDir, ...(copy === null ? {} : { afterClose: copy.remove }),
    })
  } catch (error) {
    await copy?.remove()
    throw error
  }
}
