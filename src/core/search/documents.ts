import { toPlainText } from '../../document/index.js'
import type { ItemRow, ProjectReader } from '../project/index.js'
import { LiveDraft, readVersion } from '../writing/index.js'
import type { SearchDocument, SearchItem } from './types.js'

/** What an item is found by itself: the words as they are typed now and those of a second head, or only its title. */
function wordsOf(project: ProjectReader, { id, kind, heads }: ItemRow): SearchDocument[] {
  if (kind !== 'text') return [{ document: `title ${id}`, place: 'title', body: '' }]
  const others = heads.length < 2 ? [] : heads.filter((head) => project.version(head)?.removed === false)
  return [
    { document: `text ${id}`, place: 'text', body: toPlainText(LiveDraft.load(project, id).doc) },
    ...others.map((head) => ({ document: `text ${head}`, place: 'text' as const, body: toPlainText(readVersion(project, head)) })),
  ]
}

/**
 * What can be found of an item: its title and newest words, its brief and prompts, its comments and tags. Comments may be
 * left as they were indexed: where nothing was committed none was written, and there may be thousands.
 */
export function searchItemOf(project: ProjectReader, row: ItemRow, { comments = true }: { comments?: boolean } = {}): SearchItem {
  const { id: item, kind, title, tags, brief } = row
  if (row.deleted) return { item, kind, title, documents: [] }
  const documents = wordsOf(project, row)
  if (tags.length > 0) documents.push({ document: `tag ${item}`, place: 'tag', body: tags.join('\n') })
  const prompts = new Set([brief, ...project.prompts(item)])
  prompts.delete('')
  ;[...prompts].forEach((body, number) => documents.push({ document: `prompt ${item} ${number}`, place: 'prompt', body }))
  if (!comments) return { item, kind, title, documents, keeps: 'comment' }
  for (const { id, fact } of project.factsOf('comment', item)) documents.push({ document: `comment ${id}`, place: 'comment', body: fact.text })
  return { item, kind, title, documents }
}
