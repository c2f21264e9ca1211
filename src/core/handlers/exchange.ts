import { basename, resolve } from 'node:path'
import { StudioError, type FactId } from '../../contract/index.js'
import { checkTarget, exportPicture, type ExportDone, type ExportJobParams, type MarkdownExport } from '../exchange/index.js'
import type { OpenProject } from '../open-projects.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem } from './items.js'

export function exchangeHandlers(services: Services) {
  const { projects, people, events, imaging, engines, options, queue } = services

  /** The items that were named, once all of them are known to be there; null: all that the project has when its turn comes. */
  const checked = ({ writer }: OpenProject, items: readonly FactId[] | undefined): readonly FactId[] | null => items?.map((id) => findItem(writer, id).id) ?? null

  return {
    exportMarkdown: studio.exchange.exportMarkdown.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const path = resolve(input.folder)
      const params: ExportJobParams = { type: 'markdown', path, items: checked(project, input.items) }
      await checkTarget(path, 'folder')
      return queue.ask<MarkdownExport>({ id: input.job, kind: 'export', title: basename(path) || path, detail: 'export-markdown', projectPath: project.path, params })
    }),
    exportAll: studio.exchange.exportAll.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const path = resolve(input.path)
      if (path === project.path) throw new StudioError('bad-target', { path, reason: 'project' })
      const { pictures, prompts } = input
      const params: ExportJobParams = { type: 'everything', path, items: checked(project, input.items), pictures, prompts }
      await checkTarget(path, /\.zip$/i.test(path) ? 'file' : 'folder')
      return queue.ask<ExportDone>({ id: input.job, kind: 'export', title: basename(path) || path, detail: 'export-everything', projectPath: project.path, params })
    }),
    exportPicture: studio.exchange.exportPicture.handler(async ({ input, signal }) => {
      const project = projects.get(input.project)
      const around = { imaging, engines, author: people.current(), tool: `Galley ${options.version}` }
      const outcome = await exportPicture(around, project, { ...input, path: resolve(input.path), signal })
      // An export of what is approved makes an item published.
      events.publish({ type: 'review.changed', project: project.handle, item: project.writer.version(input.version)!.item })
      return outcome
    }),
  }
}
