import { constants } from 'node:fs'
import { chmod, copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '../contract/index.js'
import { freePath, PROJECT_ENDING } from './free-path.js'

const TITLE = 'Low Water'

/** Copies the sample project into a folder and answers with the copy's path. Errors: `not-found`, `disk-full`, `no-permission`. */
export async function copySample(resources: string, folder: string): Promise<string> {
  const source = join(resources, 'sample', TITLE + PROJECT_ENDING)
  if (!(await stat(source).catch(() => null))?.isFile()) throw new StudioError('not-found', { what: 'project', id: source })
  const path = await freePath(folder, TITLE)
  try {
    await copyFile(source, path, constants.COPYFILE_EXCL)
    // What ships with a program is often read-only, and a copy takes that over.
    await chmod(path, 0o644)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') await rm(path, { force: true })
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new StudioError('disk-full', { path: folder }, { cause: error })
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') throw new StudioError('no-permission', { path: folder }, { cause: error })
    throw error
  }
  return path
}
