import { resolve } from 'node:path'
import { StudioError, type FactId } from '../../contract/index.js'
import { toMarkdown } from '../../document/index.js'
import { exportAll, exportPicture, recordExport, writeMarkdown, type ExportServices } from '../exchange/index.js'
import type { OpenProject } from '../open-projects.js'
import type { Services } from '../services.js'
import { readVersion } from '../writing/index.js'
import { studio } from './base.js'
import { findItem } from './items.js'

export function exchangeHandlers(services: Services) {
  const { projects, drafts, people, events, db, imaging, engines, options } = services

  const around = (): ExportServices => ({ imaging, engines, drafts, author: people.current(), tool: `Galley ${options.version}`, memory: db.keyValue('exports') })

  /** An export of what is approved makes an item published. */
  function changed(project: string, items: Iterable<FactId>): void {
    for (const item of new Set(items)) events.publish({ type: 'review.changed', project, item })
  }

  const itemsOf = ({ writer }: OpenProject, items: readonly FactId[] | undefined) =>
    items?.map((id) => findItem(writer, id)) ?? writer.items().filter((one) => !one.deleted)

  return {
    exportMarkdown: studio.exchange.exportMarkdown.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const { writer, handle } = project
      const chosen: { item: string; version: string; title: string; markdown: string }[] = []
      for (const { id, title } of itemsOf(project, input.items).filter((one) => one.kind === 'text')) {
        // A text that was never written in has nothing to hand over.
        const version = writer.readOnly ? (findItem(writer, id).heads[0] ?? null) : await drafts.keep(project, id, 'exported')
        if (version) chosen.push({ item: id, version, title, markdown: toMarkdown(readVersion(writer, version)) })
      }
      const written = await writeMarkdown(input.folder, chosen.map(({ item, title, markdown }) => ({ id: item, title, markdown })), { memory: db.keyValue('exports') })
      await recordExport(writer, people.current(), chosen.map((one) => one.version), 'markdown')
      changed(handle, chosen.map((one) => one.item))
      return { files: written.map((file, index) => ({ item: chosen[index]!.item, version: chosen[index]!.version, path: file.path, sha256: file.sha256 })) }
    }),
    exportAll: studio.exchange.exportAll.handler(async ({ input, signal }) => {
      const project = projects.get(input.project)
      const path = resolve(input.path)
      if (path === project.path) throw new StudioError('bad-input', { detail: `${path} is the project itself` })
      const outcome = await exportAll(around(), project, { ...input, path, items: itemsOf(project, input.items), signal })
      changed(project.handle, outcome.files.map((one) => one.item))
      return outcome
    }),
    exportPicture: studio.exchange.exportPicture.handler(async ({ input, signal }) => {
      const project = projects.get(input.project)
      const outcome = await exportPicture(around(), project, { ...input, path: resolve(input.path), signal })
      changed(project.handle, [project.writer.version(input.version)!.item])
      return outcome
    }),
  }
}
