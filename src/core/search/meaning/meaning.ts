import { StudioError, type MeaningState, type SearchHit } from '../../../contract/index.js'
import type { Engines } from '../../engines/index.js'
import type { Events } from '../../events.js'
import type { Queue } from '../../jobs/index.js'
import type { OpenProjects } from '../../open-projects.js'
import type { StudioDb } from '../../studio-db/index.js'
import { beginningOf } from '../snippet.js'
import { createEncoder } from './encoder.js'
import { watchGenerating } from './generating.js'
import { createNearest, type Near } from './nearest.js'
import { ofTitle } from './passages.js'
import { createMeaningReader } from './reader.js'
import { createMeaningStore, type FoundPassage } from './store.js'
import { packVector } from './vector.js'

/**
 * A passage less like the words than this says nothing about them. The fewer words a passage has, the more it is like
 * anything, and titles and tags most of all. Found by trying: see `quality.engine.test.ts`.
 */
const floors = { passage: 0.27, short: 0.34, name: 0.4 }
/** Passages of fewer words are short. */
const fewWords = 6
/** What is less than half as like the words as the best hit is no answer beside it. */
const leastOfBest = 0.5
/** Passages looked at for each hit wanted: several may stand in one text. */
const passagesForHit = 6
const fewestLetters = 3

export interface Meaning {
  /** Errors: `cancelled`, `internal`. Where search by meaning is off, has no model or its engine fails, there are no hits; `state` says which. */
  query(project: string, words: string, options: { limit: number; signal?: AbortSignal | undefined }): Promise<SearchHit[]>
  state(project: string): MeaningState
  /** There may be something new to read. */
  wake(): void
  close(): Promise<void>
}

export interface MeaningOptions {
  readonly db: StudioDb
  readonly events: Events
  readonly engines: Engines
  readonly queue: Queue
  readonly projects: OpenProjects
  /** Folder of the built-in picture model, whose text encoder reads. */
  readonly folder: string | null
  isOn(): boolean
  readonly begins: 'by-itself' | 'asked'
}

function floorOf({ start, place, text }: FoundPassage): number {
  if (start === ofTitle || place === 'tag') return floors.name
  return text.trim().split(/\s+/).length < fewWords ? floors.short : floors.passage
}

/** Search by meaning of words: what is read in the background, and what is found in it. */
export function createMeaning({ db, events, engines, queue, projects, folder, isOn, begins }: MeaningOptions): Meaning {
  const ending = new AbortController()
  const store = createMeaningStore(db.relaxed)
  const encoder = createEncoder({ engines, folder })
  const nearest = createNearest(db.path)
  const remembered = db.keyValue('meaning')
  const reader = createMeaningReader({
    store, encoder, begins, isOn,
    generating: watchGenerating({ events, queue, signal: ending.signal }),
    model: { get: () => remembered.get('model'), set: (key) => remembered.set('model', key) },
    projects: () => projects.all().map(({ handle }) => handle),
    changed: () => events.publish({ type: 'meaning.changed' }),
  })
  void (async () => {
    for await (const { event } of events.subscribe(ending.signal)) {
      if (event.type !== 'settings.changed') continue
      reader.wake()
      events.publish({ type: 'meaning.changed' })
    }
  })()

  /** The best passage of each text, prompt, comment … that is like enough. */
  function hitsOf(found: readonly Near[], limit: number): SearchHit[] {
    const hits: SearchHit[] = []
    const seen = new Set<string>()
    const best = found[0]?.likeness ?? 0
    for (const { passage, likeness } of found) {
      if (hits.length === limit || likeness < best * leastOfBest) break
      const row = store.passage(passage)
      // Removed since it was compared.
      if (row === null || likeness < floorOf(row)) continue
      const where = row.start === ofTitle ? 'title' : row.place
      const place = `${where} ${row.item}`
      if (seen.has(place)) continue
      seen.add(place)
      hits.push({ item: row.item, title: row.title, kind: row.kind, where, snippet: beginningOf(row.start === ofTitle ? row.title : row.text), byMeaning: true, score: likeness })
    }
    return hits
  }

  /** Null where the engine does not work: the state says so from then on, and words are searched as before. */
  async function readQuery(words: string, signal: AbortSignal | undefined): Promise<number[] | null> {
    try {
      const [vector] = await encoder.vectors([words], signal)
      reader.report(true)
      return vector ?? null
    } catch (error) {
      if (error instanceof StudioError && error.code === 'cancelled') throw error
      reader.report(false)
      return null
    }
  }

  return {
    async query(project, words, { limit, signal }) {
      reader.ask()
      const number = store.projectNumber(project)
      const letters = words.match(/[\p{L}\p{N}]/gu)?.length ?? 0
      if (number === null || letters < fewestLetters || !(await reader.usable())) return []
      nearest.warm(number)
      const vector = await readQuery(words, signal)
      if (vector === null) return []
      return hitsOf(await nearest.find(number, packVector(vector), { floor: floors.passage, most: limit * passagesForHit }), limit)
    },
    state(project) {
      reader.ask()
      return reader.state(project)
    },
    wake: reader.wake,
    async close() {
      ending.abort()
      await reader.close()
      await nearest.close()
    },
  }
}
