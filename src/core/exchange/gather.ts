import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { extname, join } from 'node:path'
import { StudioError, type FactId, type Sha256 } from '../../contract/index.js'
import { hashFile, pictureBlob } from '../imaging/index.js'
import type { ItemRow, ProjectReader, VersionRow } from '../project/index.js'
import { readVersion } from '../writing/index.js'
import { markdownFileOf } from './markdown-text.js'
import type { NamedFile } from './write-named.js'

/** A file on its way out of a project, with all that the manifest says of it. */
export interface Outgoing extends NamedFile {
  /** Empty: beside the manifest. */
  readonly folder: 'texts' | 'pictures' | 'files' | ''
  readonly item: ItemRow
  readonly version: VersionRow
  readonly mediaType: string
  readonly bytes: number
}

const endings: Record<string, string> = {
  'image/png': '.png', 'image/jpeg': '.jpg', 'image/webp': '.webp', 'image/avif': '.avif', 'image/gif': '.gif', 'image/tiff': '.tif', 'image/svg+xml': '.svg',
}

/** The bytes as they are read, and an error at their end where they are not those that the project names. */
function* checked(path: string, chunks: Iterable<Uint8Array>, wanted: Sha256): Generator<Uint8Array> {
  const hash = createHash('sha256')
  for (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== wanted) throw new StudioError('project-damaged', { path, detail: `the bytes of ${wanted} are not what they were` })
}

/** Which versions of a picture go out: those that a person kept, else all heads that nobody set aside. */
export function chosenPictures(project: ProjectReader, item: ItemRow): FactId[] {
  const kept = item.heads.filter((id) => project.register(id, 'picked') === true)
  return kept.length > 0 ? kept : item.heads.filter((id) => project.register(id, 'picked') !== false)
}

/** A text as Markdown. Its bytes are made again when they are written: all texts of a project at once may be more than memory holds. */
export function outgoingText(project: ProjectReader, item: ItemRow, version: VersionRow): Outgoing {
  const make = (): Buffer => Buffer.from(markdownFileOf(readVersion(project, version.id)), 'utf8')
  const bytes = make()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { folder: 'texts', id: item.id, item, version, title: item.title, ending: '.md', mediaType: 'text/markdown', bytes: bytes.length, sha256, open: make }
}

/** A picture or file with its bytes as they are; `id` is whose earlier file may be written over. Errors: `not-found` where its bytes were removed for good. */
export function outgoingBlob(project: ProjectReader, item: ItemRow, version: VersionRow, id: FactId): Outgoing {
  const { content, fact: { recipe } } = version
  if (content.type !== 'blob' || version.removed) throw new StudioError('not-found', { what: 'version', id: version.id })
  const { mediaType: shown, chunks } = pictureBlob(project, content.hash)
  const isPicture = item.kind === 'image'
  // What the bytes begin with decides over what the version says of itself.
  const mediaType = isPicture && shown in endings ? shown : content.mediaType
  const own = recipe.by === 'import' ? extname(recipe.name).toLowerCase() : ''
  const ending = (isPicture ? endings[mediaType] : undefined) ?? (/^\.[a-z0-9]{1,10}$/.test(own) ? own : '.bin')
  return {
    folder: isPicture ? 'pictures' : 'files', id, item, version, title: item.title, ending, mediaType, bytes: content.size, sha256: content.hash,
    open: () => checked(project.path, chunks(), content.hash),
  }
}

/** The same picture as a file that was made of it. */
export async function outgoingFile(from: Outgoing, file: string, bytes: number): Promise<Outgoing> {
  return { ...from, ending: '.png', mediaType: 'image/png', bytes, sha256: await hashFile(file), open: () => createReadStream(file) }
}

export const convertedPath = (folder: string, { version }: Outgoing): string => join(folder, `${version.id}.png`)
