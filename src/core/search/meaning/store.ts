import type { Database } from 'better-sqlite3'
import type { SearchPlace } from '../types.js'
import { hashOfPassage, type Passage } from './passages.js'

/** A document whose meaning has not been read. */
export interface Unread { readonly id: number; readonly place: SearchPlace; readonly title: string; readonly body: string }

/** Where a passage stands; `text` is empty where it is the title. */
export interface FoundPassage { readonly id: number; readonly item: string; readonly kind: string; readonly place: SearchPlace; readonly title: string; readonly text: string; readonly start: number }

/** Reads and writes what was read for search by meaning. Each call is short; none holds a transaction across a turn of the event loop. */
export interface MeaningStore {
  /** The number of a project among the vectors; null where nothing of it is indexed. */
  projectNumber(project: string): number | null
  /** Documents that wait, the newest first, up to so many characters together. */
  unread(project: string, characters: number): Unread[]
  /** Which of these passages were read before, by hash in hexadecimal → number of the vector. */
  known(passages: readonly Passage[]): Map<string, number>
  keepVectors(vectors: readonly { readonly text: string; readonly vector: Buffer }[]): void
  /** Marks documents as read, with their passages, whose vectors are all kept. What was removed or changed meanwhile is passed over. */
  finish(documents: readonly { readonly id: number; readonly passages: readonly Passage[] }[]): void
  progress(project: string): { readonly read: number; readonly total: number }
  passage(id: number): FoundPassage | null
  /** Removes vectors that no passage has, in slices. Only when everything is read: what was read last has no passage before. */
  sweep(signal?: AbortSignal): Promise<void>
  /** Forgets everything that was read, in slices; for another model, whose vectors say other things. */
  forgetAll(signal?: AbortSignal): Promise<void>
}

const sliceRows = 500
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** `db`: a connection that need not sync. */
export function createMeaningStore(db: Database): MeaningStore {
  const findProject = db.prepare<[string], number>('SELECT id FROM search_projects WHERE project = ?').pluck()
  const unread = db.prepare<[number], Unread>('SELECT id, place, title, body FROM search_documents WHERE project = ? AND read = 0 ORDER BY id DESC')
  const countAll = db.prepare<[number], number>('SELECT COUNT(*) FROM search_documents WHERE project = ?').pluck()
  const countUnread = db.prepare<[number], number>('SELECT COUNT(*) FROM search_documents WHERE project = ? AND read = 0').pluck()
  const findVector = db.prepare<[Buffer], number>('SELECT id FROM meaning_vectors WHERE hash = ?').pluck()
  const addVector = db.prepare('INSERT INTO meaning_vectors (hash, vector) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const markRead = db.prepare<[number], number>('UPDATE search_documents SET read = 1 WHERE id = ? AND read = 0 RETURNING project').pluck()
  const addPassage = db.prepare('INSERT INTO meaning_passages (project, document, vector, start, length) VALUES (?, ?, ?, ?, ?)')
  const findPassage = db.prepare<[number], FoundPassage>(
    `SELECT p.id, d.item, d.kind, d.place, d.title, p.start, CASE WHEN p.start < 0 THEN '' ELSE substr(d.body, p.start + 1, p.length) END AS text
     FROM meaning_passages p JOIN search_documents d ON d.id = p.document WHERE p.id = ?`,
  )
  // A trigger notes the vectors of passages that go; those that were just read have no passage yet.
  const noteLoose = db.prepare('INSERT INTO meaning_loose (vector) VALUES (?) ON CONFLICT DO NOTHING')
  const lastOfSlice = db.prepare<[], number | null>(`SELECT MAX(vector) FROM (SELECT vector FROM meaning_loose ORDER BY vector LIMIT ${sliceRows})`).pluck()
  const removeUnused = db.prepare(
    `DELETE FROM meaning_vectors WHERE id IN (SELECT vector FROM meaning_loose WHERE vector <= ?)
     AND NOT EXISTS (SELECT 1 FROM meaning_passages p WHERE p.vector = meaning_vectors.id)`,
  )
  const forgetLoose = db.prepare('DELETE FROM meaning_loose WHERE vector <= ?')
  const removePassages = db.prepare(`DELETE FROM meaning_passages WHERE id IN (SELECT id FROM meaning_passages LIMIT ${sliceRows})`)
  const markUnread = db.prepare(`UPDATE search_documents SET read = 0 WHERE id IN (SELECT id FROM search_documents WHERE read <> 0 AND project = ? LIMIT ${sliceRows})`)
  const projects = db.prepare<[], number>('SELECT id FROM search_projects').pluck()

  /** Runs until nothing is left to change, with a turn of the event loop between. */
  async function inSlices(change: () => number, signal: AbortSignal | undefined): Promise<void> {
    while (change() > 0 && !signal?.aborted) await turn()
  }

  const sweepSlice = db.transaction((): number => {
    const last = lastOfSlice.get() ?? null
    if (last === null) return 0
    removeUnused.run(last)
    return forgetLoose.run(last).changes
  }).immediate

  const self: MeaningStore = {
    projectNumber: (project) => findProject.get(project) ?? null,
    unread(project, characters) {
      const id = findProject.get(project)
      const found: Unread[] = []
      if (id === undefined) return found
      for (const row of unread.iterate(id)) {
        found.push(row)
        characters -= row.body.length + row.title.length
        if (characters <= 0) break
      }
      return found
    },
    known(passages) {
      const known = new Map<string, number>()
      for (const { text } of passages) {
        const hash = hashOfPassage(text)
        const id = findVector.get(hash)
        if (id !== undefined) known.set(hash.toString('hex'), id)
      }
      return known
    },
    keepVectors: db.transaction((vectors: Parameters<MeaningStore['keepVectors']>[0]) => {
      for (const { text, vector } of vectors) {
        const { changes, lastInsertRowid } = addVector.run(hashOfPassage(text), vector)
        if (changes > 0) noteLoose.run(lastInsertRowid)
      }
    }).immediate,
    finish: db.transaction((documents: Parameters<MeaningStore['finish']>[0]) => {
      for (const { id, passages } of documents) {
        const vectors = passages.map(({ text }) => findVector.get(hashOfPassage(text)))
        // A vector may be gone again, where another process swept: then the document stays unread.
        if (vectors.includes(undefined)) continue
        const project = markRead.get(id)
        if (project === undefined) continue
        passages.forEach(({ start, length }, at) => addPassage.run(project, id, vectors[at], start, length))
      }
    }).immediate,
    progress(project) {
      const id = findProject.get(project)
      if (id === undefined) return { read: 0, total: 0 }
      const total = countAll.get(id)!
      return { read: total - countUnread.get(id)!, total }
    },
    passage: (id) => findPassage.get(id) ?? null,
    async sweep(signal) {
      await inSlices(sweepSlice, signal)
    },
    async forgetAll(signal) {
      for (const project of projects.all()) await inSlices(() => markUnread.run(project).changes, signal)
      await inSlices(() => removePassages.run().changes, signal)
      await self.sweep(signal)
    },
  }
  return self
}
