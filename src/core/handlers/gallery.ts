import type { FactId, GalleryEntry, LineageNode, Recipe } from '../../contract/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'
import { readReviews } from '../review/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem, pickedOf } from './items.js'

/** How much of a prompt stands in a lineage. */
const lineLength = 200
/** How many versions of other items are shown beside those of one item. */
const mostRelatives = 300

function galleryEntry(project: ProjectReader, row: VersionRow): GalleryEntry {
  const { id, item, ordinal, content, beginning } = row
  if (content.type === 'text') return { kind: 'text', version: id, item, ordinal, beginning }
  return { kind: 'picture', version: id, item, ordinal, hash: content.hash, width: content.width ?? null, height: content.height ?? null, picked: pickedOf(project, row) }
}

function lineOf(recipe: Recipe): string {
  switch (recipe.by) {
    case 'hand': return (recipe.note ?? '').slice(0, lineLength)
    case 'import': return recipe.name.slice(0, lineLength)
    default: return recipe.prompt.slice(0, lineLength)
  }
}

/** Sources that a version was made from, and those that were only read for it. */
function sourcesOf(recipe: Recipe): { from: FactId[]; read: FactId[] } {
  const sources = 'sources' in recipe ? recipe.sources : []
  const isRead = (role: (typeof sources)[number]['role']): boolean => role === 'read' || role === 'illustrates'
  // A mask says where, not what: in a lineage it would be one more picture that nobody made.
  return { from: sources.filter(({ role }) => !isRead(role) && role !== 'mask').map(({ version }) => version), read: sources.filter(({ role }) => isRead(role)).map(({ version }) => version) }
}

function lineageNode(project: ProjectReader, row: VersionRow, reviews: ReturnType<typeof readReviews>): LineageNode {
  const { fact, content } = row
  const { from, read } = sourcesOf(fact.recipe)
  const madeFrom = [...new Set([...fact.parents, ...from])]
  return {
    id: row.id, item: row.item, ordinal: row.ordinal, at: fact.at, person: project.personName(fact.by), by: fact.recipe.by, reason: fact.reason, name: fact.name ?? null,
    line: lineOf(fact.recipe), ...(fact.recipe.by === 'image-model' && fact.recipe.factor ? { factor: fact.recipe.factor } : {}), beginning: row.beginning, madeFrom, read: [...new Set(read)].filter((id) => !madeFrom.includes(id)),
    picture: content.type === 'blob' && !row.removed ? { hash: content.hash, width: content.width ?? null, height: content.height ?? null } : null,
    decision: reviews.decision(row.id), picked: pickedOf(project, row), isHead: row.isHead,
  }
}

/** The newest versions of an item, with what they touch in other items, newest first. */
function relativesOf(project: ProjectReader, item: FactId, limit: number): readonly VersionRow[] {
  const own = project.versions(item, { limit })
  const found = new Map(own.map((row) => [row.id, row]))
  const take = (id: FactId): void => {
    if (found.has(id) || found.size >= own.length + mostRelatives) return
    const row = project.version(id)
    if (row && !row.hidden && row.item !== item && !project.item(row.item)?.deleted) found.set(id, row)
  }
  for (const { id, fact } of own) {
    const { from, read } = sourcesOf(fact.recipe)
    for (const other of [...fact.parents, ...from, ...read, ...project.madeFrom(id)]) take(other)
  }
  const places = new Map([...found.keys()].map((id) => [id, project.placeInOrder(id)]))
  return [...found.values()].sort((a, b) => (places.get(a.id)! < places.get(b.id)! ? 1 : -1))
}

/** The pictures and texts of a project, page by page. */
export function galleryHandlers({ projects }: Services) {
  return {
    list: studio.pictures.list.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const rows = await writer.gallery(input.show, { offset: input.offset, limit: input.limit })
      return { entries: rows.map((row) => galleryEntry(writer, row)), counts: writer.galleryCounts() }
    }),
  }
}

/** How versions came from each other. */
export function lineageHandlers({ projects }: Services) {
  return {
    lineage: studio.items.lineage.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const reviews = readReviews(writer)
      const rows = input.item ? relativesOf(writer, findItem(writer, input.item).id, input.limit) : await writer.newestVersions({ offset: input.offset, limit: input.limit })
      const total = input.item ? findItem(writer, input.item).versions : writer.versionCount()
      return { nodes: rows.map((row) => lineageNode(writer, row, reviews)), total }
    }),
    outline: studio.items.outline.handler(async ({ input }) => {
      const { total, runs, months } = await projects.get(input.project).writer.outline()
      return { total, runs: [...runs], months: [...months] }
    }),
  }
}
