import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StudioError } from '../../../contract/index.js'
import { openStudioDb, type StudioDb } from '../../studio-db/index.js'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSearchIndex } from '../search-index.js'
import type { SearchItem } from '../types.js'
import type { Encoder } from './encoder.js'
import { createMeaningReader, type MeaningReader, type ReaderOptions } from './reader.js'
import { createMeaningStore, type MeaningStore } from './store.js'
import { width } from './vector.js'

let folder: string
let db: StudioDb
let store: MeaningStore
let reader: MeaningReader
let read: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-reader-'))
  db = openStudioDb(join(folder, 'studio.db'))
  store = createMeaningStore(db.relaxed)
  read = []
})
afterEach(async () => {
  await reader.close()
  db.close()
  await rm(folder, { recursive: true, force: true })
})

const vector = (): number[] => Array.from({ length: width }, (_, at) => (at === 0 ? 1 : 0))
function begin(changes: Partial<ReaderOptions> & { encode?: Partial<Encoder> } = {}): void {
  const remembered = db.keyValue('meaning')
  reader = createMeaningReader({
    store, begins: 'by-itself', quietMs: 0,
    encoder: {
      key: async () => 'model one', hasRoom: () => true,
      vectors: async (texts) => {
        read.push(...texts)
        return texts.map(vector)
      },
      ...changes.encode,
    },
    generating: { now: () => false, over: async () => undefined },
    model: { get: () => remembered.get('model'), set: (key) => remembered.set('model', key) },
    projects: () => ['p'], isOn: () => true, changed: () => undefined,
    ...changes,
  })
}
const text = (item: string, ...bodies: string[]): SearchItem => ({ item, kind: 'text', title: '', documents: bodies.map((body, at) => ({ document: `text ${item} ${at}`, place: 'text', body })) })
const index = (...items: SearchItem[]): Promise<void> => createSearchIndex(db.relaxed).index('p', items, { position: '1' })
const ready = async (): Promise<void> => {
  reader.wake()
  await vi.waitFor(() => expect(reader.state('p')).toEqual({ state: 'ready', share: 1, waits: null }), { timeout: 5000 })
}
const counts = (): unknown => db.relaxed.prepare('SELECT (SELECT COUNT(*) FROM meaning_passages) AS passages, (SELECT COUNT(*) FROM meaning_vectors) AS vectors').get()

test('everything that is indexed is read once, and what says the same is not read again', async () => {
  begin()
  await index(text('a', 'boats', 'cows'), text('b', 'boats'))
  expect(reader.state('p')).toMatchObject({ state: 'reading', share: 0 })
  await ready()
  expect(read.sort()).toEqual(['boats', 'cows'])
  await index(text('c', 'cows', 'owls'))
  await ready()
  expect(read.slice(2)).toEqual(['owls'])
  expect(counts()).toEqual({ passages: 5, vectors: 3 })
})

test('what goes takes its passages and, where nobody else says it, its vector along', async () => {
  begin()
  await index(text('a', 'boats', 'cows'), text('b', 'boats'))
  await ready()
  await index(text('a'))
  expect(counts()).toEqual({ passages: 1, vectors: 2 })
  reader.wake()
  await vi.waitFor(() => expect(counts()).toEqual({ passages: 1, vectors: 1 }))
})

test('reading that was stopped midway goes on where it was, also within one long text', async () => {
  const paragraphs = Array.from({ length: 40 }, (_, number) => `Paragraph ${number} says something of its own, and it is long enough to stand by itself on the page.`)
  await index(text('a', paragraphs.join('\n\n')))
  let batches = 0
  begin({ encode: { vectors: async (texts) => {
    if (++batches === 3) void reader.close()
    read.push(...texts)
    return texts.map(vector)
  } } })
  reader.wake()
  await vi.waitFor(() => expect(batches).toBe(3))
  await reader.close()
  const before = [...read]
  expect(before.length).toBeLessThan(40)
  begin()
  await ready()
  expect(new Set(read).size).toBe(read.length)
  expect(read.length).toBe(40)
})

test('what was read of a text that went before it was read to its end is not kept', async () => {
  await index(text('a', 'boats'), text('b', 'cows'))
  begin({ encode: { vectors: async (texts) => {
    await index(text('a'))
    return texts.map(vector)
  } } })
  await ready()
  await vi.waitFor(() => expect(counts()).toEqual({ passages: 1, vectors: 1 }))
})

test('it makes way while a model works for a person, and says so', async () => {
  let isGenerating = true
  let over: () => void = () => undefined
  begin({ generating: { now: () => isGenerating, over: () => new Promise((resolve) => { over = resolve }) } })
  await index(text('a', 'boats'))
  reader.wake()
  await vi.waitFor(() => expect(reader.state('p').waits).toBe('jobs'))
  expect(read).toEqual([])
  isGenerating = false
  over()
  await vi.waitFor(() => expect(reader.state('p').state).toBe('ready'), { timeout: 5000 })
  expect(read).toEqual(['boats'])
})

test('without room in memory it waits, and says so', async () => {
  begin({ encode: { hasRoom: () => false } })
  await index(text('a', 'boats'))
  reader.wake()
  await vi.waitFor(() => expect(reader.state('p')).toMatchObject({ state: 'reading', waits: 'memory' }))
  expect(read).toEqual([])
})

test('switched off it reads nothing, and without a model it says that it is missing', async () => {
  let isOn = false
  begin({ isOn: () => isOn, encode: { key: async () => null } })
  await index(text('a', 'boats'))
  reader.wake()
  expect(reader.state('p').state).toBe('off')
  expect(await reader.usable()).toBe(false)
  isOn = true
  reader.wake()
  await vi.waitFor(() => expect(reader.state('p').state).toBe('missing'))
  expect([await reader.usable(), read]).toEqual([false, []])
})

test('with another model everything is read anew, and its old vectors are gone', async () => {
  begin()
  await index(text('a', 'boats', 'cows'))
  await ready()
  await reader.close()
  begin({ encode: { key: async () => 'model two' } })
  await ready()
  expect(read.sort()).toEqual(['boats', 'boats', 'cows', 'cows'])
  expect(counts()).toEqual({ passages: 2, vectors: 2 })
})

test('an engine that is lost once is asked again; one that never answers is given up until something new comes', async () => {
  let losses = 1
  begin({ encode: { vectors: async (texts) => {
    if (losses-- > 0) throw new StudioError('engine-lost', { role: 'image', detail: 'killed' })
    return texts.map(vector)
  } } })
  await index(text('a', 'boats'))
  await ready()
  losses = 1000
  await index(text('a', 'cows'))
  reader.wake()
  await vi.waitFor(() => expect(reader.state('p').state).toBe('failed'), { timeout: 8000 })
  losses = 0
  await ready()
}, 20_000)

test('a search whose engine fails is said, and one that works again takes reading up', async () => {
  begin()
  await index(text('a', 'boats'))
  await ready()
  reader.report(false)
  expect(reader.state('p').state).toBe('failed')
  await index(text('b', 'owls'))
  reader.report(true)
  await vi.waitFor(() => expect(reader.state('p').state).toBe('ready'))
  expect(read).toEqual(['boats', 'owls'])
})

test('where it begins when asked, a change alone reads nothing', async () => {
  begin({ begins: 'asked' })
  await index(text('a', 'boats'))
  reader.wake()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(read).toEqual([])
  reader.ask()
  await vi.waitFor(() => expect(reader.state('p').state).toBe('ready'))
})
