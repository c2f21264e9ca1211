import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.js'
import { testModel } from '../testing/test-model.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'
import { createSearchIndex } from './search-index.js'
import { followProject } from './follow-project.js'
import type { SearchIndex, SearchItem } from './types.js'

let engine: ScriptedEngine
let studio: TestStudio
let model: string
let project: string
let index: SearchIndex
let given: number
let documents: number

beforeEach(async () => {
  engine = scriptedEngine()
  studio = await testStudio({ spawn: engine.spawn, name: 'Ada' })
  model = await testModel(studio)
  project = (await studio.call.projects.create({ title: 'Book' })).handle
  const real = createSearchIndex(studio.studio.services.db.relaxed)
  // Counts the items that are read, which tells following from reading everything again.
  function* counted(items: Iterable<SearchItem | null>): Generator<SearchItem | null> {
    const seen = new Set<string>()
    for (const item of items) {
      if (item) seen.add(item.item)
      given = seen.size
      documents += item?.documents.length ?? 0
      yield item
    }
  }
  index = { ...real, index: (id, items, options) => real.index(id, counted(items), options) }
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

const reader = () => studio.studio.services.projects.get(project).writer
const follow = async (): Promise<number> => {
  given = 0
  documents = 0
  await followProject(index, 'key', reader())
  return given
}
const found = (words: string): string[] => index.query('key', words).map((hit) => `${hit.title}: ${hit.where}`)

async function write(title: string, prompt: string, answer: string): Promise<{ item: string }> {
  const { id: item } = await studio.call.items.create({ project, kind: 'text', title })
  engine.script([answer])
  const { job } = await studio.call.texts.ask({ project, item, operation: 'draft', prompt, model })
  const { results } = await studio.studio.services.queue.whenEnded(job)
  await studio.call.texts.decide({ project, item, proposal: results[0]!, decisions: [{ piece: 0, outcome: 'accepted' }] })
  return { item }
}

test('texts, titles, prompts, comments and tags of a project are found', async () => {
  const { item } = await write('Harbour', 'Something about the sea', 'Boats lie in the light.')
  await studio.call.items.create({ project, kind: 'image', title: 'Lighthouse' })
  await studio.call.items.tag({ project, item, tag: 'winter catalogue', on: true })
  await studio.call.review.comment({ project, item, text: 'Too short, I think.', anchor: { type: 'whole' } })
  expect(await follow()).toBe(2)
  expect(['boats', 'harbour', 'sea', 'winter', 'short', 'lighthouse'].map(found)).toEqual([
    ['Harbour: text'], ['Harbour: title'], ['Harbour: prompt'], ['Harbour: tag'], ['Harbour: comment'], ['Lighthouse: title'],
  ])
})

test('only what changed since is read again, and nothing where nothing changed', async () => {
  const { item } = await write('Harbour', 'sea', 'Boats.')
  await write('Meadow', 'land', 'Cows.')
  expect(await follow()).toBe(2)
  expect(await follow()).toBe(0)
  await studio.call.items.rename({ project, target: item, title: 'Port' })
  expect(await follow()).toBe(1)
  expect([found('harbour'), found('port'), found('cows')]).toEqual([[], ['Port: title'], ['Meadow: text']])
})

test('what is typed leaves the comments as they were indexed, and they are found as before', async () => {
  const { item } = await write('Letter', 'A letter', 'The tide went out.')
  await studio.call.review.comment({ project, item, text: 'Which lighthouse?', anchor: { type: 'whole' } })
  await follow()
  expect(found('lighthouse')).toEqual(['Letter: comment'])
  const { number } = await studio.call.texts.open({ project, item, session: 'session-one', take: true })
  const step = { stepType: 'replace', from: 1, to: 1, slice: { content: [{ type: 'text', text: 'Herons. ' }] } }
  await studio.call.texts.append({ project, item, session: 'session-one', number, steps: [{ step, origin: 'typed' }] })
  await followProject(index, 'key', reader(), { also: [item] })
  expect([found('herons'), found('lighthouse')]).toEqual([['Letter: text'], ['Letter: comment']])
})

test('what is set aside is found no more until undo brings it back', async () => {
  const { item } = await write('Harbour', 'sea', 'Boats.')
  await follow()
  await studio.call.items.remove({ project, target: item })
  await follow()
  expect(found('boats')).toEqual([])
  await studio.call.projects.undo({ project })
  await follow()
  expect(found('boats')).toEqual(['Harbour: text'])
})

test('what a merge brings is found, also where it happened before our last commit', async () => {
  await write('Harbour', 'sea', 'Boats.')
  const { path } = reader()
  await studio.call.projects.close({ project })
  const copy = join(studio.folder, 'Copy.galley')
  copyFileSync(path, copy)

  const theirs = await studio.call.projects.open({ path: copy })
  project = theirs.handle
  await write('Meadow', 'land', 'Cows.')
  await studio.call.projects.close({ project })

  project = (await studio.call.projects.open({ path })).handle
  await write('Forest', 'trees', 'Owls.')
  await follow()
  expect(found('cows')).toEqual([])
  await studio.call.copies.merge({ project, path: copy })
  await follow()
  expect([found('boats'), found('cows'), found('owls')]).toEqual([['Harbour: text'], ['Meadow: text'], ['Forest: text']])
})

test('an index that was lost is made again from the project', async () => {
  await write('Harbour', 'sea', 'Boats.')
  await follow()
  index.forget('key')
  expect(found('boats')).toEqual([])
  expect(await follow()).toBe(1)
  expect(found('boats')).toEqual(['Harbour: text'])
})

test('a new comment is read alone among many, and a hidden one is found no more', async () => {
  const { item } = await write('Letter', 'A letter', 'The tide went out.')
  for (let number = 0; number < 120; number++) await studio.call.review.comment({ project, item, text: `Heron ${number}.`, anchor: { type: 'whole' } })
  await follow()
  expect(documents).toBeGreaterThan(120)
  await studio.call.review.comment({ project, item, text: 'Which lighthouse?', anchor: { type: 'whole' } })
  await follow()
  expect(documents).toBe(1)
  expect(found('lighthouse')).toEqual(['Letter: comment'])
  await studio.call.projects.undo({ project })
  await follow()
  expect(found('lighthouse')).toEqual([])
  expect(found('119')).toEqual(['Letter: comment'])
})

test('a tag and a brief that were taken away are found no more, and a new title stands at old comments', async () => {
  const { item } = await write('Letter', 'A letter', 'The tide went out.')
  await studio.call.review.comment({ project, item, text: 'Which lighthouse?', anchor: { type: 'whole' } })
  await studio.call.items.tag({ project, item, tag: 'autumn', on: true })
  await studio.call.texts.changeBrief({ project, item, brief: 'About waders' })
  await follow()
  expect([found('autumn'), found('waders'), found('lighthouse')]).toEqual([['Letter: tag'], ['Letter: prompt'], ['Letter: comment']])
  await studio.call.items.tag({ project, item, tag: 'autumn', on: false })
  await studio.call.texts.changeBrief({ project, item, brief: '' })
  await studio.call.items.rename({ project, target: item, title: 'Postcard' })
  await follow()
  expect([found('autumn'), found('waders'), found('lighthouse'), found('tide')]).toEqual([[], [], ['Postcard: comment'], ['Postcard: text']])
})

test('whatever was done, following finds what reading everything from the beginning finds', async () => {
  const fresh = async (): Promise<unknown> => {
    const { db } = studio.studio.services
    const rows = (key: string): unknown[] => db.relaxed.prepare(
      `SELECT d.document, d.item, d.kind, d.place, d.title, d.body FROM search_documents d JOIN search_projects p ON p.id = d.project WHERE p.project = ? ORDER BY d.document`).all(key)
    await followProject(index, 'key', reader())
    index.forget('other')
    await followProject(index, 'other', reader())
    expect(rows('key')).toEqual(rows('other'))
    return rows('key')
  }
  const { item } = await write('Harbour', 'sea', 'Boats.')
  await fresh()
  const second = await write('Lighthouse', 'light', 'A lamp.')
  await studio.call.review.comment({ project, item: second.item, text: 'Brighter?', anchor: { type: 'whole' } })
  await fresh()
  await studio.call.items.rename({ project, target: second.item, title: 'Beacon' })
  await fresh()
  await studio.call.items.remove({ project, target: item })
  await fresh()
  let steps = 0
  for (; reader().undoLabels().undo !== null; steps++) {
    await studio.call.projects.undo({ project })
    await fresh()
  }
  expect(steps).toBeGreaterThan(5)
  for (; reader().undoLabels().redo !== null; steps--) {
    await studio.call.projects.redo({ project })
    await fresh()
  }
  expect([steps, found('boats'), found('beacon'), found('brighter')]).toEqual([0, [], ['Beacon: title'], ['Beacon: comment']])
})
