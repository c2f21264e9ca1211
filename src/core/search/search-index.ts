import type { Database } from 'better-sqlite3'
import { StudioError, type SearchHit } from '../../contract/index.js'
import { beginningOf, snippetOf, withoutMarks } from './snippet.js'
import type { SearchDocument, SearchIndex, SearchItem } from './types.js'
import { forIndex, matchExpression, patternOf, readQuery } from './words.js'

/** One slice of indexing: so many characters, items or milliseconds, because reading an item with a long history takes long by itself. */
const sliceMilliseconds = 8
const sliceCharacters = 16_000
const sliceItems = 40

/**
 * Newest hits that are ranked among each other. Ranking looks at every hit, and a word that is everywhere says little:
 * beyond this many, the newest are as good a choice as any.
 */
const mostRanked = 2000

interface Known { readonly id: number; readonly document: string; readonly place: SearchDocument['place']; readonly title: string; readonly body: string }
interface Found { readonly id: number; readonly item: string; readonly place: SearchDocument['place']; readonly score: number }
interface Words { readonly kind: string; readonly title: string; readonly body: string }

const isDamage = (error: unknown): boolean => String((error as { code?: string } | null)?.code).startsWith('SQLITE_CORRUPT')
const hasTitle = (place: SearchDocument['place']): boolean => place === 'text' || place === 'title'

/** `db`: a connection that need not sync. */
export function createSearchIndex(db: Database): SearchIndex {
  const findProject = db.prepare<[string], { id: number; position: string | null }>('SELECT id, position FROM search_projects WHERE project = ?')
  const addProject = db.prepare('INSERT INTO search_projects (project) VALUES (?) ON CONFLICT DO NOTHING')
  const setPosition = db.prepare('UPDATE search_projects SET position = ? WHERE id = ?')
  const removeProject = db.prepare('DELETE FROM search_projects WHERE id = ?')
  const documentsOfItem = db.prepare<[number, string, string], Known>('SELECT id, document, place, title, body FROM search_documents WHERE project = ? AND item = ? AND place <> ?')
  const itemsOf = db.prepare<[number], string>('SELECT DISTINCT item FROM search_documents WHERE project = ?').pluck()
  const documentsOf = db.prepare<[number], number>('SELECT id FROM search_documents WHERE project = ?').pluck()
  const addDocument = db.prepare('INSERT INTO search_documents (project, document, item, kind, place, title, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const removeDocument = db.prepare('DELETE FROM search_documents WHERE id = ?')
  const addWords = db.prepare('INSERT INTO search_words (rowid, scope, title, body) VALUES (?, ?, ?, ?)')
  const removeWords = db.prepare('DELETE FROM search_words WHERE rowid = ?')
  // The inner query stops after the newest hits; `rowid IN (…)` in its place would begin the whole search again for each of them.
  const search = db.prepare<[string, number], Found>(
    `SELECT d.id, d.item, d.place, w.score
     FROM (SELECT rowid, score FROM (SELECT rowid, -bm25(search_words, 0, 8, 1) AS score FROM search_words WHERE search_words MATCH ? ORDER BY rowid DESC LIMIT ${mostRanked})
           ORDER BY score DESC, rowid DESC LIMIT ?) w
     JOIN search_documents d ON d.id = w.rowid ORDER BY w.score DESC, w.rowid DESC`,
  )
  const wordsOf = db.prepare<[number], Words>('SELECT kind, title, body FROM search_documents WHERE id = ?')
  const scopeOf = (id: number): string => `project${id}`

  function remove(id: number): void {
    removeWords.run(id)
    removeDocument.run(id)
  }

  function replace(project: number, { item, kind, title: givenTitle, documents, keeps }: SearchItem): void {
    const known = new Map(documentsOfItem.all(project, item, keeps ?? '').map((row) => [row.document, row]))
    const title = withoutMarks(givenTitle)
    for (const { document, place, body: givenBody } of documents) {
      const body = withoutMarks(givenBody)
      const before = known.get(document)
      known.delete(document)
      if (before !== undefined && before.place === place && before.title === title && before.body === body) continue
      if (before !== undefined) remove(before.id)
      const { lastInsertRowid } = addDocument.run(project, document, item, kind, place, title, body)
      addWords.run(lastInsertRowid, scopeOf(project), hasTitle(place) ? forIndex(title) : '', forIndex(body))
    }
    for (const { id } of known.values()) remove(id)
  }

  /** Begins the whole index anew; every project's position is gone with it. */
  const reset = db.transaction(() => {
    db.exec('DELETE FROM search_documents; DELETE FROM search_projects')
    const { sql } = db.prepare<[], { sql: string }>(`SELECT sql FROM sqlite_schema WHERE name = 'search_words'`).get()!
    db.exec('DROP TABLE search_words')
    db.exec(sql)
  })

  function guarded<T>(action: () => T, lost: T): T {
    try {
      return action()
    } catch (error) {
      if (!isDamage(error)) throw error
      reset.immediate()
      return lost
    }
  }

  const writeSlice = db.transaction((project: string, items: readonly SearchItem[], position: string | null): void => {
    addProject.run(project)
    const { id } = findProject.get(project)!
    for (const item of items) replace(id, item)
    if (position !== null) setPosition.run(position, id)
  })

  function* goneItems(project: string, present: ReadonlySet<string>): Generator<SearchItem> {
    const found = findProject.get(project)
    if (found === undefined) return
    for (const item of itemsOf.all(found.id) as string[]) if (!present.has(item)) yield { item, kind: '', title: '', documents: [] }
  }

  return {
    position: (project) => findProject.get(project)?.position ?? null,
    async index(project, items, { position, complete = false, signal }) {
      const present = new Set<string>()
      let slice: SearchItem[] = []
      let characters = 0
      let startedAt = performance.now()
      const flush = async (reached: string | null): Promise<void> => {
        guarded(() => writeSlice.immediate(project, slice, reached), undefined)
        slice = []
        characters = 0
        await new Promise((resolve) => setImmediate(resolve))
        startedAt = performance.now()
        if (signal?.aborted) throw new StudioError('cancelled', {})
      }
      const take = async (all: Iterable<SearchItem>): Promise<void> => {
        for (const item of all) {
          if (complete) present.add(item.item)
          slice.push(item)
          characters += item.documents.reduce((sum, { body }) => sum + body.length, 0)
          if (characters >= sliceCharacters || slice.length >= sliceItems || performance.now() - startedAt >= sliceMilliseconds) await flush(null)
        }
      }
      await take(items)
      if (complete) await take(goneItems(project, new Set(present)))
      await flush(position)
    },
    query(project, words, { limit = 50 } = {}) {
      const found = findProject.get(project)
      const phrases = readQuery(words)
      if (found === undefined || phrases.length === 0) return []
      const expression = matchExpression(phrases, scopeOf(found.id))
      const pattern = patternOf(phrases)
      const seen = new Set<string>()
      const hits: SearchHit[] = []
      // An item with many prompts or comments that say the same is shown once for each place.
      for (const row of guarded(() => search.all(expression, limit * 4), [])) {
        const place = `${row.place} ${row.item}`
        if (seen.has(place)) continue
        seen.add(place)
        if (hits.push(hitOf(row, wordsOf.get(row.id)!, pattern)) === limit) break
      }
      return hits
    },
    forget(project) {
      const found = findProject.get(project)
      if (found === undefined) return
      guarded(() => db.transaction(() => {
        for (const id of documentsOf.all(found.id) as number[]) remove(id)
        removeProject.run(found.id)
      }).immediate(), undefined)
    },
  }
}

function hitOf({ item, place, score }: Found, { kind, title, body }: Words, pattern: RegExp): SearchHit {
  const inBody = snippetOf(body, pattern)
  if (inBody !== null) return { item, kind, title, where: place, snippet: inBody, byMeaning: false, score }
  const inTitle = hasTitle(place) ? snippetOf(title, pattern) : null
  return { item, kind, title, where: inTitle === null ? place : 'title', snippet: inTitle ?? beginningOf(body), byMeaning: false, score }
}
