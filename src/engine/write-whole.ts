import { rename, rm, writeFile } from 'node:fs/promises'
import { StudioError } from '../contract/index.js'

/** Writes a file so that a reader finds either the old one or the whole new one. Error: `disk-full`. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new StudioError('disk-full', { path }, { cause: error })
    throw error
  }
}
