import { join } from 'node:path'
import type { FactId, Sha256 } from '../../contract/index.js'
import type { OpenProject } from '../open-projects.js'
import { Slices, type ItemRow } from '../project/index.js'
import { bytesAsShare, textVersion, type ExportRun, type ExportServices } from './export-all.js'
import { recordExport } from './export-fact.js'
import { outgoingText, type Outgoing } from './gather.js'
import { writeFolder } from './write-export.js'

export interface MarkdownExport { readonly files: { readonly item: FactId; readonly version: FactId; readonly path: string; readonly sha256: Sha256 }[] }

/** Writes texts as Markdown files into a folder, without a manifest; all of them or none. Errors: as of `exportAll`. */
export async function exportMarkdown(
  services: Pick<ExportServices, 'drafts' | 'author' | 'memory'>, project: OpenProject, request: { readonly path: string; readonly items: readonly ItemRow[] }, run: ExportRun,
): Promise<MarkdownExport> {
  const { writer } = project
  const files: Outgoing[] = []
  const slices = new Slices(8, run.signal)
  const texts = request.items.filter(({ kind }) => kind === 'text')
  for (const [index, item] of texts.entries()) {
    run.onProgress((index / texts.length) * 0.3, 'gathering')
    await slices.breathe()
    // A text that was never written in has nothing to hand over.
    const version = await textVersion(services, project, item)
    const row = version && writer.version(version)
    if (row) files.push({ ...outgoingText(writer, item, row), folder: '' })
  }
  const { written } = await writeFolder(request.path, files, null, { signal: run.signal, job: run.job, memory: services.memory, onBytes: bytesAsShare(files, 0.3, run) })
  await recordExport(writer, services.author, files.map(({ version }) => version.id), 'markdown')
  return { files: written.map(({ name, file }) => ({ item: file.item.id, version: file.version.id, path: join(request.path, name), sha256: file.sha256 })) }
}
