import type { Database } from 'better-sqlite3'
import type { SearchHit } from '../../contract/index.js'
import { WriteSlices, type Write } from './slice.js'
import { beginningOf, snippetOf, withoutMarks } from './snippet.js'
import type { SearchDocument, SearchIndex, SearchItem } from './types.js'
import { forIndex, matchExpression, patternOf, readQuery } from './words.js'

/** Documents of an item that are looked through in one go. */
const sweepPage = 200

/**
 * Newest hits that are ranked among each other. Ranking looks at every hit, and a word that is everywhere says little:
 * beyond this many, the newest are as good a choice as any.
 */
const mostRanked = 2000

interface Known { readonly id: number; readonly place: SearchDocument['place']; readonly title: string; readonly body: string }
interface Named { readonly id: number; readonly document: string; readonly title: string }
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
  const findDocument = db.prepare<[number, string], Known>('SELECT id, place, title, body FROM search_documents WHERE project = ? AND document = ?')
  const ofItem = db.prepare<[number, string, number], Named>(
    `SELECT id, document, title FROM search_documents WHERE project = ? AND item = ? AND id > ? ORDER BY id LIMIT ${sweepPage}`)
  const named = db.prepare<[number, string, string], Named>(
    `SELECT id, document, title FROM search_documents WHERE project = ? AND document >= ? AND document < ? ORDER BY document LIMIT ${sweepPage}`)
  const retitle = db.prepare('UPDATE search_documents SET title = ? WHERE id = ?')
  const nextItem = db.prepare<[number, string], string>('SELECT item FROM search_documents WHERE project = ? AND item > ? ORDER BY item LIMIT 1').pluck()
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

  function put(project: number, { item, kind, title: givenTitle }: SearchItem, { document, place, body: givenBody }: SearchDocument): void {
    const [title, body] = [withoutMarks(givenTitle), withoutMarks(givenBody)]
    const before = findDocument.get(project, document)
    if (before !== undefined && before.place === place && before.title === title && before.body === body) return
    if (before !== undefined) remove(before.id)
    const { lastInsertRowid } = addDocument.run(project, document, item, kind, place, title, body)
    addWords.run(lastInsertRowid, scopeOf(project), hasTitle(place) ? forIndex(title) : '', forIndex(body))
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

  const writeSlice = db.transaction((project: string, writes: readonly Write[], position: string | null): boolean => {
    addProject.run(project)
    const { id } = findProject.get(project)!
    for (const write of writes) write(id)
    if (position !== null) setPosition.run(position, id)
    return true
  })

  /** Documents of an item that are known, of these places or of all, a page at a time. */
  function* known(project: string, { item, places }: Pick<SearchItem, 'item' | 'places'>): Generator<readonly Named[]> {
    const id = findProject.get(project)?.id
    if (id === undefined) return
    if (places === undefined) {
      for (let page = ofItem.all(id, item, 0); page.length > 0; page = ofItem.all(id, item, page.at(-1)!.id)) yield page
    }
    for (const place of places ?? []) {
      // A space is the first that may follow a name, an exclamation mark what comes after it.
      const [name, end] = [`${place} ${item}`, `${place} ${item}!`]
      for (let page = named.all(id, name, end); page.length > 0; page = named.all(id, `${page.at(-1)!.document} `, end)) yield page
    }
  }

  async function takeItem(project: string, item: SearchItem, seen: ReadonlySet<string>, slices: WriteSlices): Promise<void> {
    for (const document of item.documents) {
      slices.add((id) => put(id, item, document), document.body.length)
      await slices.breathe()
    }
    for (const document of item.gone ?? []) {
      slices.add((id) => {
        const before = findDocument.get(id, document)
        if (before !== undefined) remove(before.id)
      })
    }
    if (item.more) return
    for (const page of known(project, item)) {
      for (const { id, document } of page) {
        if (!seen.has(document)) slices.add(() => remove(id))
        await slices.breathe()
      }
    }
    if (item.retitled) await retitleAll(project, item, slices)
  }

  async function retitleAll(project: string, { item, title: givenTitle }: SearchItem, slices: WriteSlices): Promise<void> {
    const title = withoutMarks(givenTitle)
    for (const page of known(project, { item })) {
      for (const { id, title: before } of page) {
        if (before !== title) slices.add(() => retitle.run(title, id))
        await slices.breathe()
      }
    }
  }

  async function takeItems(project: string, items: Iterable<SearchItem | null>, slices: WriteSlices): Promise<Set<string>> {
    const present = new Set<string>()
    let seen = new Set<string>()
    for (const item of items) {
      if (item !== null) {
        present.add(item.item)
        for (const { document } of item.documents) seen.add(document)
        await takeItem(project, item, seen, slices)
        if (!item.more) seen = new Set()
      }
      await slices.breathe()
    }
    return present
  }

  function* goneItems(project: string, present: ReadonlySet<string>): Generator<SearchItem | null> {
    const id = findProject.get(project)?.id
    if (id === undefined) return
    for (let item = nextItem.get(id, ''); item !== undefined; item = nextItem.get(id, item)) {
      yield present.has(item) ? null : { item, kind: '', title: '', documents: [] }
    }
  }

  return {
    position: (project) => findProject.get(project)?.position ?? null,
    async index(project, items, { position, complete = false, signal }) {
      let isWhole = true
      const slices = new WriteSlices((writes, reached) => {
        // What was written before the damage is lost with it: the position stays away, and everything is asked for again.
        isWhole = guarded(() => writeSlice.immediate(project, writes, isWhole ? reached : null), false) && isWhole
      }, signal)
      const present = await takeItems(project, items, slices)
      if (complete) await takeItems(project, goneItems(project, present), slices)
      await slices.end(position)
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
