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
    case 'ENAMETOOLONG':
    case 'EISDIR':
    case 'EEXIST':
      return new StudioError('bad-input', { detail: `${path}: ${codeOf(error)}` }, { cause: error })
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

export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
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

/**
 * Writes a whole file or nothing: into a hidden neighbour, synced, then given its name. With `replace: false` an existing
 * file stays and the answer is false. The caller syncs the folder after its last file.
 * Errors: `disk-full`, `no-permission`, `bad-input` (a path that cannot be).
 */
export async function writeWhole(path: string, bytes: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>, { replace }: { replace: boolean }): Promise<boolean> {
  const temporary = join(dirname(path), `.galley-${randomBytes(8).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o666)
    try {
      await handle.writeFile(bytes as Uint8Array)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (!replace) return await nameIfFree(temporary, path)
    await rename(temporary, path)
    return true
  } catch (error) {
    throw fileError(error, path)
  } finally {
    await rm(temporary, { force: true }).catch(() => {})
  }
}
