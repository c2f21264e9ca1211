import { createReadStream } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EngineParams, FactId } from '../../contract/index.js'
import { blobToFile, findPicture, hashFile, xmpPacket } from '../imaging/index.js'
import type { OpenProject } from '../open-projects.js'
import { checkName } from './check-target.js'
import type { ExportServices } from './export-all.js'
import { recordExport } from './export-fact.js'
import { factsForXmp } from './picture-facts.js'
import { makeFolder, syncFolder, writeWhole } from './write-file.js'

type Format = EngineParams<'media', 'resize'>['format']

export interface PictureExport {
  readonly version: FactId
  readonly path: string
  readonly format: Format
  readonly quality?: number
  readonly prompts: boolean
  readonly signal?: AbortSignal
}

/** Writes a picture into a file, at full size, with what may be said of its origin in it. An existing file is replaced. */
export async function exportPicture(services: Omit<ExportServices, 'drafts' | 'memory'>, project: OpenProject, request: PictureExport): Promise<{ path: string; sha256: string; bytes: number; width: number; height: number }> {
  const { imaging, engines, author, tool } = services
  const { path, format, quality, signal } = request
  checkName(path)
  const { writer } = project
  const version = findPicture(writer, request.version)
  const title = writer.item(version.item)?.title ?? ''
  return imaging.scratch.with(async (folder) => {
    const output = join(folder, `picture.${format}`)
    const xmp = xmpPacket(factsForXmp(writer, version, { tool, title, prompts: request.prompts }))
    const { width, height, bytes } = await engines.call('media', 'resize', { path: await blobToFile(writer, version.content.hash, folder), output, format, quality, xmp }, { signal })
    await makeFolder(dirname(path))
    await writeWhole(path, createReadStream(output), { replace: true })
    await syncFolder(dirname(path))
    await recordExport(writer, author, [version.id], format)
    return { path, sha256: await hashFile(output), bytes, width, height }
  })
}
