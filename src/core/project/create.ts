import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { StudioError } from '../../contract/index.js'
import { createDatabase } from './connect.js'
import { toStudioError } from './failures.js'
import { holdFile, identityOf, realPathOf, releaseFile } from './open-files.js'
import { OpenProject } from './project-writer.js'
import { projectNonce } from './projections/project.js'
import { isSharedFolder } from './shared-folder.js'
import { rawKey } from './signatures.js'
import type { Author, ReplicaMemory } from './types.js'

export interface CreateOptions {
  readonly title: string
  readonly author: Author
  readonly memory: ReplicaMemory
  readonly cacheDir: string
  readonly clock?: () => number
  /** Whether the place is a network or synced folder; found out where absent. */
  readonly isShared?: boolean
}

/**
 * Makes a project and its first, signed commit; the author is its founder. Errors: `project-exists`, `not-found` (the
 * folder), `no-permission`, `disk-full`, `bad-input`.
 */
export async function createProject(path: string, options: CreateOptions): Promise<OpenProject> {
  const key = rawKey(options.author.signer.publicKey)
  if (key === null) throw new StudioError('bad-input', { detail: 'the key is no Ed25519 public key' })
  makeEmptyFile(path)
  const real = realPathOf(path)
  const identity = identityOf(real)
  const clock = options.clock ?? Date.now
  holdFile(real, identity)
  let project: OpenProject | null = null
  try {
    const isShared = options.isShared ?? isSharedFolder(real)
    const connection = createDatabase(real, isShared)
    project = new OpenProject({
      connection, path: real, identity, memory: options.memory, author: null, clock,
        readOnly: false, notices: isShared ? ['network-folder'] : [], cacheDir: options.cacheDir,
    })
    await project.begin({
      kind: 'project', at: clock(), by: options.author.person, nonce: projectNonce(randomBytes(16).toString('base64url'), key), title: options.title,
    }, options.author)
    // Without this the schema is in the log only, and after a power cut the file itself would say that it is no project.
    connection.database.pragma('wal_checkpoint(TRUNCATE)')
    return project
  } catch (error) {
    await project?.close().catch(() => undefined)
    releaseFile(real)
    for (const ending of ['', '-wal', '-journal']) rmSync(real + ending, { force: true })
    throw toStudioError(real, error)
  }
}

function makeEmptyFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new StudioError('project-exists', { path }, { cause: error })
    throw toStudioError(path, error)
  }
  syncFolderOf(path)
}

/** A new name has to be on disk before anything in its file is acknowledged. Windows has no such call and needs none. */
export function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
