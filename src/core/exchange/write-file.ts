import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StudioError } from '../../contract/index.js'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? ''

/** The error of the closed list that a failure of the file system means; others come back as they are. */
export function fileError(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StudioError('disk-full', { path }, { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StudioError('no-permission', { path }, { cause: error })
    case 'ENOTDIR':
    case 'EEXIST':
      return new StudioError('bad-target', { path, reason: 'file' }, { cause: error })
    case 'EISDIR':
      return new StudioError('bad-target', { path, reason: 'folder' }, { cause: error })
    case 'ENAMETOOLONG':
    case 'EINVAL':
      return new StudioError('bad-target', { path, reason: 'name' }, { cause: error })
    case 'ENOENT':
      return new StudioError('bad-target', { path, reason: 'missing' }, { cause: error })
    default:
      return error
  }
}

/** Puts a directory's entries on disk. Windows cannot open one and does it by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch (error) {
    // Some network file systems cannot sync a folder; the files themselves are synced.
    if (!['EINVAL', 'ENOTSUP', 'EACCES', 'EPERM'].includes(codeOf(error))) throw error
  } finally {
    await handle?.close()
  }
}

/** Answers with the topmost folder that had to be made, for whoever takes it away again; undefined where all were there. */
export async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true })
  } catch (error) {
    throw fileError(error, folder)
  }
}

/** Gives `from` the name `to` only if nothing has it. */
async function nameIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    await rm(from, { force: true })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(codeOf(error))) throw error
  }
  // No hard links here (FAT, some network folders): an empty file takes the name first.
  try {
    await (await open(to, 'wx')).close()
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
  await rename(from, to)
  return true
}

export type Bytes = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** Writes a new file and waits until the disk has it. Errors: those of the file system. */
export async function writeSynced(path: string, bytes: Bytes): Promise<void> {
  const handle = await open(path, 'wx', 0o666)
  try {
    await handle.writeFile(bytes as Uint8Array)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives a whole file of the same disk its name. With `replace: false` an existing file stays and the answer is false. */
export async function giveName(from: string, path: string, { replace }: { replace: boolean }): Promise<boolean> {
  if (!replace) return nameIfFree(from, path)
  await rename(from, path)
  return true
}

/**
 * Writes a whole file or nothing: into a hidden neighbour, synced, then given its name. With `replace: false` an existing
 * file stays and the answer is false. The caller syncs the folder after its last file.
 * Errors: `disk-full`, `no-permission`, `bad-target`.
 */
export async function writeWhole(path: string, bytes: Bytes, { replace }: { replace: boolean }): Promise<boolean> {
  const temporary = join(dirname(path), `.galley-${randomBytes(8).toString('hex')}.tmp`)
  try {
    await writeSynced(temporary, bytes)
    return await giveName(temporary, path, { replace })
  } catch (error) {
    throw fileError(error, path)
  } finally {
    await rm(temporary, { force: true }).catch(() => {})
  }
}
