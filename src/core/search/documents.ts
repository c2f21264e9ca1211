import { toPlainText } from '../../document/index.js'
import type { FactId } from '../../contract/index.js'
import type { CommentPlace, ItemRow, ProjectReader } from '../project/index.js'
import { LiveDraft, readVersion, sha256 } from '../writing/index.js'
import type { SearchDocument, SearchItem } from './types.js'

/** Comments that are read in one go. */
const commentsAtOnce = 50

/** The words of a text as they are typed now; of anything else there is only the title. */
export function newestWords(project: ProjectReader, { id, kind }: ItemRow): SearchDocument {
  if (kind !== 'text') return { document: `title ${id}`, place: 'title', body: '' }
  return { document: `text ${id}`, place: 'text', body: toPlainText(LiveDraft.load(project, id).doc) }
}

/** What an item is found by itself: its words and those of a second head, or only its title. */
export function wordsOf(project: ProjectReader, row: ItemRow): SearchDocument[] {
  const { id, kind, heads } = row
  const others = kind !== 'text' || heads.length < 2 ? [] : heads.filter((head) => project.version(head)?.removed === false)
  const wordsOfHead = (head: FactId): SearchDocument => ({ document: `text ${id} ${head}`, place: 'text', body: toPlainText(readVersion(project, head)) })
  return [newestWords(project, row), ...others.map(wordsOfHead)]
}

export const tagsOf = ({ id, tags }: ItemRow): SearchDocument[] => (tags.length === 0 ? [] : [{ document: `tag ${id}`, place: 'tag', body: tags.join('\n') }])

export const briefName = (item: FactId): string => `prompt ${item} brief`
export const briefOf = ({ id, brief }: ItemRow): SearchDocument[] => (brief === '' ? [] : [{ document: briefName(id), place: 'prompt', body: brief }])

/** Named by its words: the same prompt made many versions, and is found once. */
export const promptOf = (item: FactId, body: string): SearchDocument => ({ document: `prompt ${item} ${sha256(body)}`, place: 'prompt', body })

/** All prompts of an item, with null where some were looked through. */
export function* promptsOf(project: ProjectReader, item: FactId): Generator<SearchDocument | null> {
  const seen = new Set([''])
  for (const prompt of project.prompts(item)) {
    if (prompt !== null && seen.has(prompt)) continue
    if (prompt !== null) seen.add(prompt)
    yield prompt === null ? null : promptOf(item, prompt)
  }
}

export const commentName = (item: FactId, comment: FactId): string => `comment ${item} ${comment}`

/** A comment, or null where it is not there or hidden. */
export function commentOf(project: ProjectReader, item: FactId, comment: FactId): SearchDocument | null {
  const found = project.fact('comment', comment)
  return found === null || found.hidden ? null : { document: commentName(item, comment), place: 'comment', body: found.fact.text }
}

function* commentsOf(project: ProjectReader, item: FactId): Generator<SearchDocument> {
  for (let after: CommentPlace | null = null; ;) {
    const page: readonly CommentPlace[] = project.commentPlaces(item, { after, limit: commentsAtOnce })
    for (const { id } of page) {
      const document = commentOf(project, item, id)
      if (document !== null) yield document
    }
    after = page.at(-1) ?? null
    if (page.length < commentsAtOnce) return
  }
}

/** All that can be found of an item, bit by bit; nothing where it is set aside. */
export function* wholeItem(project: ProjectReader, item: FactId): Generator<SearchItem | null> {
  const row = project.item(item)
  if (row === null || row.deleted) {
    yield { item, kind: row?.kind ?? '', title: '', documents: [] }
    return
  }
  const { kind, title } = row
  const part = (...documents: SearchDocument[]): SearchItem => ({ item, kind, title, documents, more: true })
  yield part(...wordsOf(project, row), ...tagsOf(row), ...briefOf(row))
  for (const document of promptsOf(project, item)) yield document === null ? null : part(document)
  for (const document of commentsOf(project, item)) yield part(document)
  yield { item, kind, title, documents: [] }
}
