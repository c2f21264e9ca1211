import { generateKeyBetween } from 'fractional-indexing'
import { StudioError, type FactId, type FolderSummary, type ItemSummary, type RegisterWrite, type VersionSummary } from '../../contract/index.js'
import { newFolder, newItem, orderAtEnd, siblings } from '../new-item.js'
import type { OpenProject } from '../open-projects.js'
import { Slices, type FolderRow, type ItemRow, type ProjectReader, type VersionRow } from '../project/index.js'
import { leadingHead, readReviews, readSaid, type SaidOfHeads } from '../review/index.js'
import type { Services } from '../services.js'
import { countOpenProposals, decidedProposals, proposalsOf, readVersion } from '../writing/index.js'
import { studio } from './base.js'

/** Pictures that were made beside each other are all heads of their item, and a list of items need not name them all. */
const mostHeadsListed = 12

export function summariseItem(project: ProjectReader, row: ItemRow, reviews = readReviews(project), proposals = countOpenProposals(project), said?: SaidOfHeads): ItemSummary {
  const head = row.kind === 'image' ? leadingHead(project, row, said) : null
  return {
    id: row.id, kind: row.kind, title: row.title, folder: row.folder, order: row.order, tags: [...row.tags], heads: [...row.heads], versions: row.versions,
    state: reviews.state(row), createdAt: row.createdAt, changedAt: row.changedAt,
    picture: head ? project.blobOf(head) : null,
    openProposals: proposals.get(row.id) ?? 0,
  }
}

export function summariseVersion(project: ProjectReader, row: VersionRow, reviews = readReviews(project), decided = decidedProposals(project, row.item)): VersionSummary {
  const { fact, content } = row
  const proposals = proposalsOf(project, row, decided)
  return {
    ...(proposals.length > 0 ? { proposals } : {}),
    id: row.id, item: row.item, ordinal: row.ordinal, parents: fact.parents, at: fact.at, person: { id: fact.by, name: project.personName(fact.by) },
    reason: fact.reason, name: fact.name ?? null, recipe: fact.recipe, isHead: row.isHead, hidden: row.hidden, removed: row.removed, picked: pickedOf(project, row),
    content: content.type === 'text'
      ? { type: 'text', words: row.words, beginning: row.beginning }
      : { type: 'blob', hash: content.hash, size: content.size, mediaType: content.mediaType, width: content.width ?? null, height: content.height ?? null },
    decision: reviews.decision(row.id),
  }
}

/** What a person said of a picture; a register of another program may hold anything. */
export function pickedOf(project: ProjectReader, row: VersionRow): boolean | null {
  const value = row.content.type === 'blob' ? project.register(row.id, 'picked') : null
  return typeof value === 'boolean' ? value : null
}

const summariseFolder = ({ id, title, parent, order }: FolderRow): FolderSummary => ({ id, title, parent, order })

export function findItem(project: ProjectReader, id: FactId): ItemRow {
  const row = project.item(id)
  if (!row) throw new StudioError('not-found', { what: 'item', id })
  return row
}

export function findVersion(project: ProjectReader, id: FactId): VersionRow {
  const row = project.version(id)
  if (!row) throw new StudioError('not-found', { what: 'version', id })
  return row
}

function orderBefore(project: ProjectReader, folder: FactId | null, target: FactId, before: FactId): string {
  const others = siblings(project, folder).filter((one) => one.id !== target)
  const index = others.findIndex((one) => one.id === before)
  if (index < 0) return orderAtEnd(project, folder)
  const next = others[index]!.order
  // Two replicas may have drawn the same key: then there is no room between, and the same place is as good.
  const previous = others.slice(0, index).filter((one) => one.order < next).at(-1)?.order ?? null
  return generateKeyBetween(previous, next)
}

/** Makes an item with its first registers in one commit. */
export async function createItem(services: Services, project: OpenProject, input: { kind: ItemRow['kind']; title: string; folder: FactId | null }): Promise<ItemRow> {
  const { writer } = project
  const author = services.people.current()
  const { id, fact, registers } = newItem(writer, author, input)
  await writer.commit({ label: 'undo.create', author, facts: [fact], registers })
  services.publishItem(project.handle, id)
  return findItem(writer, id)
}

export function itemHandlers(services: Services) {
  const { projects, people, drafts, events } = services

  async function write(handle: string, label: string, target: FactId, registers: RegisterWrite[]): Promise<Record<string, never>> {
    const { writer } = projects.get(handle)
    if (!writer.item(target) && !writer.folders().some((one) => one.id === target)) throw new StudioError('not-found', { what: 'item', id: target })
    await writer.commit({ label, author: people.current(), registers })
    services.publishItem(handle, target)
    return {}
  }

  return {
    list: studio.items.list.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const said = readSaid(writer)
      const reviews = readReviews(writer, said)
      const proposals = countOpenProposals(writer)
      const slices = new Slices()
      const listed: ItemSummary[] = []
      for (const row of writer.items()) {
        await slices.breathe()
        if (row.deleted) continue
        const summary = summariseItem(writer, row, reviews, proposals, said)
        listed.push(row.kind === 'text' ? summary : { ...summary, heads: summary.heads.slice(-mostHeadsListed) })
      }
      return { items: listed, folders: writer.folders().filter((one) => !one.deleted).map(summariseFolder) }
    }),
    get: studio.items.get.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      return summariseItem(writer, findItem(writer, input.item))
    }),
    create: studio.items.create.handler(async ({ input }) => {
      const project = projects.get(input.project)
      return summariseItem(project.writer, await createItem(services, project, { ...input, folder: input.folder ?? null }))
    }),
    rename: studio.items.rename.handler(({ input }) => write(input.project, 'undo.rename', input.target, [{ target: input.target, name: 'title', value: input.title }])),
    move: studio.items.move.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const order = input.before ? orderBefore(writer, input.folder, input.target, input.before) : orderAtEnd(writer, input.folder)
      return write(input.project, 'undo.move', input.target, [
        { target: input.target, name: 'parent', value: input.folder },
        { target: input.target, name: 'order', value: order },
      ])
    }),
    tag: studio.items.tag.handler(({ input }) => write(input.project, 'undo.tag', input.item, [{ target: input.item, name: `tag:${input.tag}`, value: input.on }])),
    remove: studio.items.remove.handler(({ input }) => write(input.project, 'undo.remove', input.target, [{ target: input.target, name: 'deleted', value: true }])),
    createFolder: studio.items.createFolder.handler(async ({ input }) => {
      const { writer, handle } = projects.get(input.project)
      const author = people.current()
      const parent = input.parent ?? null
      const { id, fact, registers, order } = newFolder(writer, author, { title: input.title, parent })
      await writer.commit({ label: 'undo.create', author, facts: [fact], registers })
      services.publishItem(handle, id)
      return { id, title: input.title, parent, order }
    }),
    versions: studio.items.versions.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const { versions: total } = findItem(writer, input.item)
      const decided = decidedProposals(writer, input.item)
      const reviews = readReviews(writer)
      return { versions: writer.versions(input.item, { before: input.before, offset: input.offset, limit: input.limit }).map((row) => summariseVersion(writer, row, reviews, decided)), total }
    }),
    version: studio.items.version.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      return summariseVersion(writer, findVersion(writer, input.version))
    }),
    versionText: studio.items.versionText.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const { content } = findVersion(writer, input.version)
      return { doc: readVersion(writer, input.version).toJSON(), origin: content.type === 'text' ? (content.origin ?? []) : [] }
    }),
    restore: studio.items.restore.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const { writer, handle } = project
      const row = findVersion(writer, input.version)
      const author = people.current()
      if (row.content.type === 'text') await drafts.keep(project, row.item, 'source')
      const { facts } = await writer.commit({
        label: 'undo.restore', author,
        facts: [{
          kind: 'version', at: Date.now(), by: author.person, item: row.item, parents: [...findItem(writer, row.item).heads], content: row.content,
          reason: 'restored', recipe: { by: 'hand', note: `version ${row.ordinal}` },
        }],
      })
      const version = facts[0]!
      if (row.content.type === 'text') await drafts.replace(project, row.item, readVersion(writer, version), version)
      events.publish({ type: 'version.created', project: handle, item: row.item, version })
      events.publish({ type: 'history.changed', project: handle })
      return { version }
    }),
  }
}
