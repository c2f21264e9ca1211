import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { StudioError, toErrorRecord, type ErrorRecord } from '../../contract/index.js'

/** More files than these are brought in by several people, or in several steps. */
const MOST_FILES = 10_000
const DEEPEST = 16

/** A file to bring in, and the names of the folders between what was chosen and the file. */
export interface FileToImport { readonly path: string; readonly folders: readonly string[]; readonly bytes: number }

export interface FileList { readonly files: readonly FileToImport[]; readonly refused: readonly { readonly name: string; readonly error: ErrorRecord }[] }

/**
 * The files behind paths, in the order of their names: a folder stands for all that is in it, but for what is hidden and links that
 * lead elsewhere. What is not there is listed all the same, and refused when its turn comes. Errors: `bad-input` for too many.
 */
export async function listFiles(paths: readonly string[]): Promise<FileList> {
  const files: FileToImport[] = []
  const refused: { name: string; error: ErrorRecord }[] = []
  const take = (file: FileToImport): void => {
    if (files.length >= MOST_FILES) throw new StudioError('bad-input', { detail: `more than ${MOST_FILES} files at once` })
    files.push(file)
  }
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (!found?.isDirectory()) {
      take({ path, folders: [], bytes: found?.size ?? 0 })
      continue
    }
    const before = files.length
    try {
      await walk(path, [basename(path)], take)
      if (files.length === before) refused.push({ name: basename(path), error: toErrorRecord(new StudioError('empty-folder', { path })) })
    } catch (error) {
      if (error instanceof StudioError) throw error
      refused.push({ name: basename(path), error: toErrorRecord(new StudioError('no-permission', { path })) })
    }
  }
  return { files, refused }
}

async function walk(folder: string, folders: readonly string[], take: (file: FileToImport) => void): Promise<void> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isFile()) take({ path, folders, bytes: (await stat(path).catch(() => null))?.size ?? 0 })
    else if (entry.isDirectory() && folders.length < DEEPEST) await walk(path, [...folders, entry.name], take)
  }
}
