import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { toStudioError } from './failures.js'

/**
 * Copies a file and the log beside it into the cache, to be read there: a place may be read-only, and a file of
 * somebody else is never written [OPEN1, MERGE1]. The file must not be open in this process.
 */
export async function copyPrivately(path: string, cacheDir: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = join(cacheDir, `copy-${randomBytes(8).toString('hex')}`)
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const copy = join(folder, 'copy.galley')
    await copyFile(path, copy)
    for (const beside of ['-wal', '-journal']) if (await exists(path + beside)) await copyFile(path + beside, copy + beside)
    return { path: copy, remove }
  } catch (error) {
    await remove()
    throw toStudioError(path, error)
  }
}

export const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false)

/** Copies that are older than this were left by a process that died, milliseconds. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000

/** Takes away the private copies that a crash left in the cache; those of a process that still reads them stay. */
export async function sweepPrivateCopies(cacheDir: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(cacheDir).catch(() => [])) {
    if (!name.startsWith('copy-')) continue
    const folder = join(cacheDir, name)
    const age = now - (await stat(folder).then((found) => found.mtimeMs, () => now))
    if (age > FORGOTTEN_AFTER_MS) await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}
