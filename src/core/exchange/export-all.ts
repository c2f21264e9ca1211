import { createHash } from 'node:crypto'
import { StudioError, type ExportedFile, type FactId } from '../../contract/index.js'
import { blobToFile, xmpPacket, type Imaging } from '../imaging/index.js'
import type { Engines } from '../engines/index.js'
import type { OpenProject } from '../open-projects.js'
import { Slices, type Author, type ItemRow } from '../project/index.js'
import type { Drafts } from '../writing/index.js'
import { checkName } from './check-target.js'
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
}

/** Name of the job, how to stop it, and who hears how far it is: `share` 0–1, `step` a message id. */
export interface ExportRun {
  readonly job: string
  readonly signal: AbortSignal
  readonly onProgress: (share: number, step: 'gathering' | 'exporting') => void
}

export interface ExportDone { readonly path: string; readonly files: ExportedFile[]; readonly manifest: { readonly name: string; readonly sha256: string } }

/** How much of the work is done when all files are known: making a picture anew takes far longer than writing it. */
const gatheringShare = { 'as-they-are': 0.3, png: 0.8 } as const

/** The version of a text that goes out: its draft as a version where it differs; null where it was never written in. */
export async function textVersion({ drafts }: Pick<ExportServices, 'drafts'>, project: OpenProject, item: ItemRow): Promise<FactId | null> {
  return project.writer.readOnly ? (item.heads.at(-1) ?? null) : drafts.keep(project, item.id, 'exported')
}

async function gather(services: ExportServices, project: OpenProject, request: ExportRequest, { signal, onProgress }: ExportRun, scratch: string): Promise<Outgoing[]> {
  const { writer } = project
  const files: Outgoing[] = []
  const slices = new Slices(8, signal)
  for (const [index, item] of request.items.entries()) {
    onProgress((index / request.items.length) * gatheringShare[request.pictures], 'gathering')
    await slices.breathe()
    if (signal.aborted) throw new StudioError('cancelled', {})
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
      files.push(item.kind === 'image' && request.pictures === 'png' ? await asPng(services, project, file, request, signal, scratch) : file)
    }
  }
  return files
}

async function asPng({ engines, imaging, tool }: ExportServices, { writer }: OpenProject, file: Outgoing, { prompts }: ExportRequest, signal: AbortSignal, scratch: string): Promise<Outgoing> {
  if (file.version.content.type !== 'blob') return file
  const { hash } = file.version.content
  const output = convertedPath(scratch, file)
  const { bytes } = await imaging.scratch.with(async (folder) => {
    const path = await blobToFile(writer, hash, folder)
    return engines.call('media', 'resize', { path, output, format: 'png', xmp: xmpPacket(factsForXmp(writer, file.version, { tool, title: file.title, prompts })) }, { signal })
  })
  return outgoingFile(file, output, bytes)
}

/**
 * Writes items out with a manifest, into a folder or an archive, and writes down that they left. All of it or nothing: what was
 * written before an error or a cancel is taken away again. Errors: `bad-target`, `disk-full`, `no-permission`, `cancelled`.
 */
export async function exportAll(services: ExportServices, project: OpenProject, request: ExportRequest, run: ExportRun): Promise<ExportDone> {
  checkName(request.path)
  const { writer } = project
  const { author, tool, memory, imaging } = services
  const { signal, job } = run
  const at = Date.now()
  const isArchive = /\.zip$/i.test(request.path)
  return imaging.scratch.with(async (scratch) => {
    const files = await gather(services, project, request, run, scratch)
    const approved = await approvedOf(writer, files.map(({ version }) => version.id))
    let manifestHash = ''
    const manifest: Manifest = async (written) => {
      const entries = written.map(({ name, file: { mediaType, bytes, sha256, item, version } }) => ({ name, mediaType, bytes, sha256, item, version }))
      const parts = await manifestOf(writer, entries, { tool, at, prompts: request.prompts, approved, slices: new Slices(8) })
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      manifestHash = hash.digest('hex')
      return { id: manifestName, title: 'manifest', ending: '.json', sha256: manifestHash, open: () => parts }
    }
    const options = { signal, job, onBytes: bytesAsShare(files, gatheringShare[request.pictures], run) }
    const done = isArchive ? await writeArchive(request.path, files, manifest, { ...options, at }) : await writeFolder(request.path, files, manifest, { ...options, memory })
    await recordExport(writer, author, files.map(({ version }) => version.id), isArchive ? 'archive' : 'folder')
    return {
      path: request.path, manifest: { name: done.manifest ?? '', sha256: manifestHash },
      files: done.written.map(({ name, file: { item, version, mediaType, bytes, sha256 } }) => ({ name, item: item.id, version: version.id, mediaType, bytes, sha256 })),
    }
  })
}

/** Tells how far the writing is, by bytes. */
export function bytesAsShare(files: readonly Outgoing[], before: number, { onProgress }: Pick<ExportRun, 'onProgress'>): (bytes: number) => void {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let written = 0
  return (bytes) => {
    written += bytes
    onProgress(before + (1 - before) * Math.min(1, written / Math.max(1, all)), 'exporting')
  }
}
