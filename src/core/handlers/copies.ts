import { StudioError, type FactId } from '../../contract/index.js'
import { combineHeads, readHeads } from '../copies/index.js'
import { mergeCopy, previewMerge, saveCopy } from '../project/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem } from './items.js'

export function copyHandlers(services: Services) {
  const { projects, people, drafts, events } = services

  /** After a merge anything may have changed, texts that are open too. */
  async function announce(handle: string, items: readonly FactId[]): Promise<void> {
    const project = projects.get(handle)
    await drafts.follow(project, items)
    for (const item of items) {
      events.publish({ type: 'item.changed', project: handle, item })
      events.publish({ type: 'review.changed', project: handle, item })
    }
    events.publish({ type: 'project.changed', project: handle })
    events.publish({ type: 'history.changed', project: handle })
  }

  return {
    save: studio.copies.save.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      await saveCopy(writer, input.path)
      return { path: input.path }
    }),
    preview: studio.copies.preview.handler(async ({ input }) => {
      const preview = await previewMerge(projects.get(input.project).writer, input.path)
      return { ...preview, refused: preview.refused.map(({ code, detail }) => ({ what: detail, reason: code })), people: [...preview.people], changes: [...preview.changes], setAside: preview.setAside !== null }
    }),
    merge: studio.copies.merge.handler(async ({ input }) => {
      const { writer, handle } = projects.get(input.project)
      const { refused, commits, items, versions, comments, decisions, secondHeads, touched } = await mergeCopy(writer, input.path, people.current(), { showAgain: true })
      await announce(handle, touched)
      return { commits, items, versions, comments, decisions, secondHeads, refused: refused.map(({ code, detail }) => ({ what: detail, reason: code })) }
    }),
    heads: studio.copies.heads.handler(({ input }) => {
      const { writer } = projects.get(input.project)
      return readHeads(writer, findItem(writer, input.item))
    }),
    combine: studio.copies.combine.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const row = findItem(project.writer, input.item)
      if (row.heads.length < 2) throw new StudioError('bad-input', { detail: 'the item has one head' })
      // What was typed on one of the heads joins the merge as a version of its own.
      if (row.kind === 'text') await drafts.keep(project, row.id, 'source')
      const version = await combineHeads({ project, drafts, author: people.current() }, findItem(project.writer, input.item), input)
      await announce(input.project, [input.item])
      events.publish({ type: 'version.created', project: input.project, item: input.item, version })
      return { version }
    }),
  }
}
