import { createHash } from 'node:crypto'
import { StudioError, type ExportedFile, type FactId } from '../../contract/index.js'
import { blobToFile, xmpPacket, type Imaging } from '../imaging/index.js'
import type { Engines } from '../engines/index.js'
import type { OpenProject } from '../open-projects.js'
import type { Author, ItemRow } from '../project/index.js'
import type { Drafts } from '../writing/index.js'
import { approvedOf, recordExport } from './export-fact.js'
import { chosenPictures, convertedPath, outgoingBlob, outgoingFile, outgoingText, type Outgoing } from './gather.js'
import { manifestName, manifestOf } from './manifest.js'
import { factsForXmp } from './picture-facts.js'
import { writeArchive, writeFolder, type Manifest } from './write-export.js'
import type { ExportMemory } from './write-named.js'

export interface ExportServices { readonly imaging: Imaging; readonly engines: Engines; readonly drafts: Drafts; readonly author: Author; readonly tool: string; readonly memory: ExportMemory }

export interface ExportRequest {
  readonly path: string
  readonly items: readonly ItemRow[]
  readonly pictures: 'as-they-are' | 'png'
  readonly prompts: boolean
  readonly signal?: AbortSignal
}

/** What refuses to be written over by an export, whatever is asked: a project may be open, here or elsewhere. */
export function checkTarget(path: string): void {
  if (/\.galley(-wal|-shm|-journal)?$/i.test(path)) throw new StudioError('bad-input', { detail: `${path} has the name of a project` })
}

/** The version of a text that goes out: its draft as a version where it differs; null where it was never written in. */
async function textVersion({ drafts }: ExportServices, project: OpenProject, item: ItemRow): Promise<FactId | null> {
  return project.writer.readOnly ? (item.heads.at(-1) ?? null) : drafts.keep(project, item.id, 'exported')
}

async function gather(services: ExportServices, project: OpenProject, request: ExportRequest, scratch: string): Promise<Outgoing[]> {
  const { writer } = project
  const files: Outgoing[] = []
  for (const item of request.items) {
    request.signal?.throwIfAborted()
    if (item.kind === 'text') {
      const version = await textVersion(services, project, item)
      const row = version && writer.version(version)
      if (row) files.push(outgoingText(writer, item, row))
      continue
    }
    const chosen = item.kind === 'image' ? chosenPictures(writer, item) : item.heads
    for (const id of chosen) {
      const row = writer.version(id)
      if (!row || row.removed || row.content.type !== 'blob') continue
      const file = outgoingBlob(writer, item, row, chosen.length === 1 ? item.id : id)
      files.push(item.kind === 'image' && request.pictures === 'png' ? await asPng(services, project, file, request, scratch) : file)
    }
  }
  return files
}

async function asPng({ engines, imaging, tool }: ExportServices, { writer }: OpenProject, file: Outgoing, { prompts, signal }: ExportRequest, scratch: string): Promise<Outgoing> {
  if (file.version.content.type !== 'blob') return file
  const { hash } = file.version.content
  const output = convertedPath(scratch, file)
  const { bytes } = await imaging.scratch.with(async (folder) => {
    const path = await blobToFile(writer, hash, folder)
    return engines.call('media', 'resize', { path, output, format: 'png', xmp: xmpPacket(factsForXmp(writer, file.version, { tool, title: file.title, prompts })) }, { signal })
  })
  return outgoingFile(file, output, bytes)
}

/** Writes items out with a manifest, into a folder or an archive, and writes down that they left. Errors: `bad-input`, `disk-full`, `no-permission`, `cancelled`. */
export async function exportAll(services: ExportServices, project: OpenProject, request: ExportRequest): Promise<{ path: string; files: ExportedFile[]; manifest: { name: string; sha256: string } }> {
  checkTarget(request.path)
  const { writer } = project
  const { author, tool, memory, imaging } = services
  const at = Date.now()
  return imaging.scratch.with(async (scratch) => {
    const files = await gather(services, project, request, scratch)
    const approved = approvedOf(writer, files.map(({ version }) => version.id))
    let manifestHash = ''
    const manifest: Manifest = (written) => {
      const entries = written.map(({ name, file: { mediaType, bytes, sha256, item, version } }) => ({ name, mediaType, bytes, sha256, item, version }))
      const text = Buffer.from(manifestOf(writer, entries, { tool, at, prompts: request.prompts, approved }), 'utf8')
      manifestHash = createHash('sha256').update(text).digest('hex')
      return { id: manifestName, title: 'manifest', ending: '.json', sha256: manifestHash, open: () => text }
    }
    const done = /\.zip$/i.test(request.path)
      ? await writeArchive(request.path, files, manifest, { signal: request.signal, at })
      : await writeFolder(request.path, files, manifest, { signal: request.signal, memory })
    await recordExport(writer, author, files.map(({ version }) => version.id), /\.zip$/i.test(request.path) ? 'archive' : 'folder')
    return {
      path: request.path, manifest: { name: done.manifest, sha256: manifestHash },
      files: done.written.map(({ name, file: { item, version, mediaType, bytes, sha256 } }) => ({ name, item: item.id, version: version.id, mediaType, bytes, sha256 })),
    }
  })
}
