import { readdir, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Name of what an export writes into until it is whole, known by its job so that a later start finds what a crash left. */
export const stagingName = (job: string): string => `.galley-${job}.partial`

/** Where the parts of an archive lie until it is whole: beside it. */
export const stagedArchive = (path: string, job: string): string => join(dirname(path), stagingName(job))

/** Where the files of a folder lie until all are there: inside it, since another place may be another disk. */
export const stagedFolder = (path: string, job: string): string => join(path, stagingName(job))

/** Takes away what an export that never ended left behind, and the target folder where nothing else is in it. */
export async function removeStaged(path: string, job: string): Promise<void> {
  for (const staged of [stagedArchive(path, job), stagedFolder(path, job)]) await rm(staged, { recursive: true, force: true, maxRetries: 3 })
}

/** Removes folders as long as they are empty, from `folder` up to `top`. */
export async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let at = folder; at.length >= top.length; at = dirname(at)) {
    const left = await readdir(at).catch(() => [basename(at)])
    if (left.length > 0) return
    await rmdir(at).catch(() => undefined)
    if (at === top) return
  }
}
