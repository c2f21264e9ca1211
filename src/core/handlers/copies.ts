import { access, constants, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { StudioError, type MergeCounts } from '../../contract/index.js'
import { announceItems, combineHeads, progressOf, readHeads, type CopyJobParams, type MergeJobParams } from '../copies/index.js'
import { reportCall } from '../jobs/index.js'
import { previewMerge } from '../project/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem } from './items.js'

/** Says before any work whether a copy can be written there. */
async function checkTarget(path: string): Promise<void> {
  if (await stat(path).catch(() => null)) throw new StudioError('project-exists', { path })
  const folder = dirname(path)
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new StudioError('bad-target', { path, reason: 'missing' })
  await access(folder, constants.W_OK).catch(() => {
    throw new StudioError('no-permission', { path: folder })
  })
}

export function copyHandlers(services: Services) {
  const { projects, people, drafts, events, queue } = services

  return {
    save: studio.copies.save.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const path = resolve(input.path)
      await checkTarget(path)
      const params: CopyJobParams = { path }
      return queue.ask<{ path: string }>({ id: input.job, kind: 'copy', title: basename(path), detail: 'save-copy', projectPath: project.path, params })
    }),
    preview: studio.copies.preview.handler(async ({ input, signal }) => {
      const { writer } = projects.get(input.project)
      const preview = await previewMerge(writer, resolve(input.path), { signal, onProgress: progressOf('preview', reportCall(events, input.call)) })
      return { ...preview, refused: preview.refused.map(({ code, detail }) => ({ what: detail, reason: code })), people: [...preview.people], changes: [...preview.changes], setAside: preview.setAside !== null }
    }),
    merge: studio.copies.merge.handler(async ({ input }) => {
      const project = projects.get(input.project)
      if (project.writer.readOnly) throw new StudioError('project-read-only', { path: project.path })
      const path = resolve(input.path)
      if (!(await stat(path).catch(() => null))) throw new StudioError('not-found', { what: 'file', id: path })
      const params: MergeJobParams = { type: 'merge', path }
      return queue.ask<MergeCounts>({ id: input.job, kind: 'merge', title: basename(path), detail: 'merge', projectPath: project.path, params })
    }),
    heads: studio.copies.heads.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const { writer } = project
      const row = findItem(writer, input.item)
      // What was typed on one of the heads is read as a version of its own, so that what is picked fits what is combined.
      if (row.kind === 'text' && row.heads.length > 1 && !writer.readOnly) await drafts.keep(project, row.id, 'source')
      return readHeads(writer, findItem(writer, input.item))
    }),
    combine: studio.copies.combine.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const row = findItem(project.writer, input.item)
      if (row.heads.length < 2) throw new StudioError('bad-input', { detail: 'the item has one head' })
      // What was typed on one of the heads joins the merge as a version of its own.
      if (row.kind === 'text') await drafts.keep(project, row.id, 'source')
      const version = await combineHeads({ project, drafts, author: people.current() }, findItem(project.writer, input.item), input)
      await announceItems(services, project, [input.item])
      events.publish({ type: 'version.created', project: input.project, item: input.item, version })
      return { version }
    }),
  }
}
