import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStudioDb, type StudioDb } from '../../studio-db/index.js'
import { createSearchIndex } from '../search-index.js'
import type { SearchItem } from '../types.js'
import { createNearest, type Nearest } from './nearest.js'
import { passagesOfDocument } from './passages.js'
import { createMeaningStore, type MeaningStore } from './store.js'
import { packVector, unpackVector, width } from './vector.js'

let folder: string
let db: StudioDb
let store: MeaningStore
let nearest: Nearest
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-nearest-'))
  db = openStudioDb(join(folder, 'studio.db'))
  store = createMeaningStore(db.relaxed)
  nearest = createNearest(db.path)
})
afterEach(async () => {
  await nearest.close()
  db.close()
  await rm(folder, { recursive: true, force: true })
})

const unit = (numbers: number[]): number[] => {
  const size = Math.hypot(...numbers)
  return numbers.map((value) => value / size)
}
/** The same vector for the same words, and another for others. */
function vectorOf(text: string): number[] {
  let state = [...text].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) >>> 0, 7)
  return unit(Array.from({ length: width }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }))
}
const likeness = (one: readonly number[], other: readonly number[]): number => one.reduce((sum, value, at) => sum + value * other[at]!, 0)

const comment = (item: string, ...bodies: string[]): SearchItem => ({ item, kind: 'text', title: item, documents: bodies.map((body, at) => ({ document: `comment ${item} ${at}`, place: 'comment', body })) })
async function write(project: string, ...items: SearchItem[]): Promise<void> {
  await createSearchIndex(db.relaxed).index(project, items, { position: '1' })
  const documents = store.unread(project, 1e9).map((document) => ({ id: document.id, passages: passagesOfDocument(document) }))
  store.keepVectors(documents.flatMap(({ passages }) => passages).map(({ text }) => ({ text, vector: packVector(vectorOf(text)) })))
  store.finish(documents)
}
const find = async (project: string, text: string, options = { floor: 0.5, most: 10 }): Promise<string[]> =>
  (await nearest.find(store.projectNumber(project)!, packVector(vectorOf(text)), options)).map(({ passage }) => store.passage(passage)!.text)

test('a packed vector gives likenesses within 0.005 of the exact ones', () => {
  const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: width, maxLength: width }).filter((one) => Math.hypot(...one) > 0.1).map(unit)
  fc.assert(fc.property(vector, vector, (one, other) => {
    expect(Math.abs(likeness(unpackVector(packVector(one)), unpackVector(packVector(other))) - likeness(one, other))).toBeLessThan(0.005)
  }), { numRuns: 50 })
})

test('the nearest passages are those that comparing all by hand finds, in the same order', async () => {
  const bodies = Array.from({ length: 300 }, (_, number) => `remark number ${number}`)
  await write('p', comment('a', ...bodies))
  for (const query of ['remark number 7', 'something else', 'x']) {
    const exact = bodies.map((body) => likeness(vectorOf(body), vectorOf(query))).sort((one, other) => other - one)
    const found = await nearest.find(store.projectNumber('p')!, packVector(vectorOf(query)), { floor: 0.01, most: 20 })
    expect(found).toHaveLength(20)
    found.forEach((one, at) => expect(Math.abs(one.likeness - exact[at]!)).toBeLessThan(0.005))
  }
})

test('what was added, changed or removed since the last search is taken into account', async () => {
  await write('p', comment('a', 'boats', 'cows'), comment('b', 'owls'))
  expect([await find('p', 'boats'), await find('p', 'owls')]).toEqual([['boats'], ['owls']])
  await write('p', comment('a', 'boats', 'herons'), comment('c', 'geese'))
  expect([await find('p', 'cows'), await find('p', 'herons'), await find('p', 'geese'), await find('p', 'boats'), await find('p', 'owls')]).toEqual([[], ['herons'], ['geese'], ['boats'], ['owls']])
  await write('p', comment('b'), comment('a', 'boats'))
  expect([await find('p', 'owls'), await find('p', 'herons'), await find('p', 'geese'), await find('p', 'boats')]).toEqual([[], [], ['geese'], ['boats']])
})

test('projects do not see each other’s passages, also where they say the same', async () => {
  await write('p', comment('a', 'boats', 'cows'))
  await write('q', comment('a', 'boats'))
  await write('r', comment('a', 'owls'))
  expect([await find('p', 'boats'), await find('q', 'boats'), await find('r', 'boats'), await find('q', 'cows'), await find('p', 'cows')]).toEqual([['boats'], ['boats'], [], [], ['cows']])
  // Both say "boats", and it was read once.
  expect(db.relaxed.prepare('SELECT COUNT(*) FROM meaning_vectors').pluck().get()).toBe(3)
})

test('when the database is gone the search fails and the next one tries again', async () => {
  const other = createNearest(join(folder, 'missing.db'))
  await expect(other.find(1, packVector(vectorOf('a')), { floor: 0, most: 1 })).rejects.toMatchObject({ code: 'internal' })
  await other.close()
})
