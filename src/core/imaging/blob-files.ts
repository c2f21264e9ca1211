import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StudioError, type FactId } from '../../contract/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'

/** The version of a picture. Errors: `not-found`, also where its bytes were removed for good; `not-an-image` for a text. */
export function findPicture(project: ProjectReader, version: FactId): VersionRow & { content: { type: 'blob' } } {
  const row = project.version(version)
  if (!row || row.removed) throw new StudioError('not-found', { what: 'version', id: version })
  if (row.content.type !== 'blob') throw new StudioError('not-an-image', { name: project.item(row.item)?.title ?? version, detail: 'it is a text' })
  return row as VersionRow & { content: { type: 'blob' } }
}

/** Writes the bytes of a picture into a file of this folder, for engines that read files. Errors: `not-found`, `disk-full`. */
export async function blobToFile(project: ProjectReader, hash: string, folder: string, name = 'source'): Promise<string> {
  const file = join(folder, name)
  try {
    await pipeline(Readable.from(project.blob(hash).chunks(), { objectMode: false }), createWriteStream(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new StudioError('disk-full', { path: file }, { cause: error })
    throw error
  }
  return file
}
