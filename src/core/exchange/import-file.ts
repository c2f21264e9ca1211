import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { StudioError, type Fact, type FactId, type FactOf, type ItemKind, type VersionContent } from '../../contract/index.js'
import { fromMarkdown, schemaVersion, toBlocks } from '../../document/index.js'
import { hashFile, type Imaging } from '../imaging/index.js'
import { newItem } from '../new-item.js'
import type { OpenProject } from '../open-projects.js'
import type { Author } from '../project/index.js'
import { sha256 } from '../writing/index.js'
import { decodeText } from './decode-text.js'

/** Texts above this size are no work of one item, and reading them would hold up everything else. */
const LARGEST_TEXT = 8 * 1024 * 1024
const LARGEST_FILE = 1024 ** 3
const TEXT_ENDINGS = new Map([['.md', 'text/markdown'], ['.markdown', 'text/markdown'], ['.txt', 'text/plain']])
/** A file with one of these endings is meant as a picture: where it is none, that is said. */
const PICTURE_ENDINGS = new Set(['.png', '.jpg', '.jpeg', '.jpe', '.webp', '.avif', '.gif', '.tif', '.tiff', '.svg'])

export interface Imported { readonly name: string; readonly item: FactId; readonly version: FactId }

interface Surroundings { readonly imaging: Imaging; readonly project: OpenProject; readonly author: Author; readonly folder: FactId | null; readonly name?: string; readonly signal?: AbortSignal }

/** What comes in, before it is written: its kind, its bytes as a version's content, and what the recipe says of it. */
interface Incoming { readonly kind: ItemKind; readonly content: VersionContent; readonly mediaType: string; readonly hash: string; readonly blocks: string[]; readonly thumbnail?: Uint8Array }

/**
 * Brings one file in as a new item, in one commit: a picture with its bytes as they are, Markdown and plain text as a text,
 * anything else as a file. Errors: `not-found`, `no-permission`, `not-an-image`, `image-too-large`, `file-too-large`,
 * `bad-input`, `disk-full`, `cancelled` (nothing of it came in then).
 */
export async function importFile(path: string, { imaging, project, author, folder, name = basename(path), signal }: Surroundings): Promise<Imported> {
  const { writer } = project
  const ending = extname(name).toLowerCase()
  // A pipe or a device would never come to an end.
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new StudioError('not-found', { what: 'file', id: path })
  if (found.size > LARGEST_FILE) throw new StudioError('file-too-large', { name, bytes: found.size, limit: LARGEST_FILE })
  const incoming = (TEXT_ENDINGS.has(ending) ? await readText(path, name, found.size, TEXT_ENDINGS.get(ending)!) : null)
    ?? await readPicture(imaging, project, path, PICTURE_ENDINGS.has(ending), signal)
    ?? await readAny(project, path, signal)
  if (signal?.aborted) throw new StudioError('cancelled', {})
  const { kind, content, hash, mediaType, blocks, thumbnail } = incoming
  const item = newItem(writer, author, { kind, title: titleOf(name), folder })
  const version: FactOf<'version'> = {
    kind: 'version', at: Date.now(), by: author.person, item: item.id, parents: [], content, reason: 'imported',
    recipe: { by: 'import', name: name.toWellFormed().slice(0, 500), hash, mediaType },
  }
  const facts: Fact[] = [item.fact, version]
  const written = await writer.commit({ label: 'undo.import', author, facts, registers: item.registers, blocks })
  if (thumbnail) writer.writeThumbnail(hash, thumbnail)
  return { name, item: item.id, version: written.facts[1]! }
}

export function titleOf(name: string): string {
  const stem = basename(name, extname(name)).toWellFormed().replace(/\s+/g, ' ').trim()
  return (stem || name).slice(0, 300).toWellFormed()
}

async function readText(path: string, name: string, size: number, mediaType: string): Promise<Incoming | null> {
  if (size > LARGEST_TEXT) throw new StudioError('file-too-large', { name, bytes: size, limit: LARGEST_TEXT })
  const bytes = await readFile(path)
  const text = decodeText(bytes)
  // The name lies: it is kept as the file that it is.
  if (text === null) return null
  const doc = fromMarkdown(text)
  const { hashes, blocks } = toBlocks(doc, sha256)
  const origin = doc.content.size > 0 ? [{ from: 0, to: doc.content.size, origin: 'pasted' as const }] : []
  return { kind: 'text', content: { type: 'text', schema: schemaVersion, blocks: hashes, origin }, mediaType, hash: createHash('sha256').update(bytes).digest('hex'), blocks }
}

async function readPicture(imaging: Imaging, project: OpenProject, path: string, isMeant: boolean, signal: AbortSignal | undefined): Promise<Incoming | null> {
  let seen
  try {
    seen = await imaging.lookAt(path, { signal })
  } catch (error) {
    if (!isMeant && error instanceof StudioError && error.code === 'not-an-image') return null
    throw error
  }
  const { mediaType, width, height, thumbnail, sha256: hash } = seen
  return { kind: 'image', content: { ...(await keepBytes(project, path, hash, signal)), mediaType, width, height }, mediaType, hash, blocks: [], thumbnail }
}

async function readAny(project: OpenProject, path: string, signal: AbortSignal | undefined): Promise<Incoming> {
  const mediaType = 'application/octet-stream'
  const hash = await hashFile(path)
  return { kind: 'file', content: { ...(await keepBytes(project, path, hash, signal)), mediaType }, mediaType, hash, blocks: [] }
}

/** Puts the file's bytes into the project. What was looked at and what is kept must be the same. */
async function keepBytes(project: OpenProject, path: string, seen: string, signal: AbortSignal | undefined): Promise<{ type: 'blob'; hash: string; size: number }> {
  const { hash, size } = await project.writer.writeBlob(createReadStream(path, { signal })).catch((error: unknown) => {
    throw signal?.aborted ? new StudioError('cancelled', {}) : error
  })
  if (hash !== seen) throw new StudioError('bad-input', { detail: `${basename(path)} changed while it was read` })
  return { type: 'blob', hash, size }
}
