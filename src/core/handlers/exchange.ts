import { randomUUID } from 'node:crypto'
import { toMarkdown } from '../../document/index.js'
import { writeMarkdown } from '../exchange/index.js'
import { readReviews } from '../review/index.js'
import type { Services } from '../services.js'
import { readVersion } from '../writing/index.js'
import { studio } from './base.js'
import { findItem } from './items.js'

export function exchangeHandlers(services: Services) {
  const { projects, drafts, people, events, db } = services
  return {
    exportMarkdown: studio.exchange.exportMarkdown.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const { writer, handle } = project
      const items = input.items?.map((id) => findItem(writer, id)) ?? writer.items().filter((one) => one.kind === 'text' && !one.deleted)
      const chosen: { item: string; version: string; title: string; markdown: string }[] = []
      for (const { id, title } of items.filter((one) => one.kind === 'text')) {
        // A text that was never written in has nothing to hand over.
        const version = writer.readOnly ? (findItem(writer, id).heads[0] ?? null) : await drafts.keep(project, id, 'exported')
        if (version) chosen.push({ item: id, version, title, markdown: toMarkdown(readVersion(writer, version)) })
      }
      const written = await writeMarkdown(input.folder, chosen.map(({ item, title, markdown }) => ({ id: item, title, markdown })), { memory: db.keyValue('exports') })
      if (!writer.readOnly && chosen.length > 0) {
        const author = people.current()
        const reviews = readReviews(writer)
        const approved = items.filter((one) => ['approved', 'published'].includes(reviews.state(findItem(writer, one.id)))).flatMap((one) => findItem(writer, one.id).heads)
        await writer.commit({
          label: 'undo.export', author, sign: true, undoable: false,
          facts: [{ kind: 'export', at: Date.now(), by: author.person, nonce: randomUUID(), versions: chosen.map((one) => one.version), format: 'markdown', approved: approved.filter((one) => chosen.some(({ version }) => version === one)) }],
        })
        for (const { item } of chosen) events.publish({ type: 'review.changed', project: handle, item })
      }
      return { files: written.map((file, index) => ({ item: chosen[index]!.item, version: chosen[index]!.version, path: file.path, sha256: file.sha256 })) }
    }),
  }
}
