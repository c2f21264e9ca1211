import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobView } from '../../contract/index.js'
import { scriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.js'
import { testImageModel } from '../testing/test-model.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let engine: ScriptedEngine
let studio: TestStudio
let project: string
let path: string
let item: string
let small: string
/** Puts an upscaler among the resources of a studio; the scripted engine answers for it. */
async function putUpscaler(folder: string): Promise<void> {
  await mkdir(join(folder, 'resources', 'models', 'upscaler'), { recursive: true })
  await writeFile(join(folder, 'resources', 'models', 'upscaler', 'upscaler.json'), '{}')
}
beforeEach(async () => {
  engine = scriptedEngine()
  const first = await testStudio({ spawn: engine.spawn, name: 'Ada' })
  await putUpscaler(first.folder)
  await first.close()
  studio = await testStudio({ spawn: engine.spawn, name: 'Ada', folder: first.folder })
  await testImageModel(studio)
  ;({ handle: project, path } = await studio.call.projects.create({ title: 'Pictures' }))
  const asked = await studio.call.pictures.ask({ project, item: null, prompt: 'A harbour', seed: 40, count: 1 })
  item = asked.item
  small = (await ended(asked.job)).results[0]!
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

const ended = (job: string): Promise<JobView> => studio.studio.services.queue.whenEnded(job)
const enlarge = async (version: string): Promise<string> => (await studio.call.pictures.enlarge({ project, versions: [version] })).jobs[0]!.job
const versions = async () => (await studio.call.items.versions({ project, item })).versions

test('an enlarged picture is a version of the same item that follows the one it was made from, with a recipe of its own', async () => {
  expect(await studio.call.pictures.enlargement()).toMatchObject({ factor: 4, mostPixels: 64_000_000 })
  const job = await ended(await enlarge(small))
  expect(job).toMatchObject({ state: 'done', detail: 'enlarge', title: 'A harbour', outputs: { done: 1, wanted: 1 } })
  const [large] = await versions()
  expect(large).toMatchObject({
    id: job.results[0], item, parents: [small], isHead: true, content: { type: 'blob', width: 64, height: 64 },
    recipe: { by: 'image-model', operation: 'upscale', factor: 4, width: 64, height: 64, prompt: '', sources: [{ version: small, role: 'image' }] },
  })
  expect((await studio.call.items.get({ project, item })).heads).toEqual([large!.id])
})

test('prompts of the project know nothing of it, and undo takes it back under its own name', async () => {
  await ended(await enlarge(small))
  expect(await studio.call.pictures.promptHistory({ project })).toMatchObject([{ prompt: 'A harbour', made: 1 }])
  expect(await studio.call.projects.undo({ project })).toEqual({ undone: 'undo.enlarge' })
  expect((await studio.call.items.get({ project, item })).heads).toEqual([small])
})

test('a picture that was there before a crash is not enlarged twice', async () => {
  engine.hold()
  const job = await enlarge(small)
  engine.release()
  const { results } = await ended(job)
  await studio.close()
  engine = scriptedEngine()
  studio = await testStudio({ spawn: engine.spawn, name: 'Ada', folder: studio.folder })
  studio.studio.services.db.jobs.settle(job, 'gone', { state: 'waiting', results: [], at: Date.now() })
  ;({ handle: project } = await studio.call.projects.open({ path }))
  await ended(job)
  expect((await versions()).map(({ id }) => id)).toEqual([results[0], small])
})

test('a job that is cancelled keeps nothing', async () => {
  engine.hold()
  const job = await enlarge(small)
  await expect.poll(async () => (await studio.call.jobs.get({ job })).state).toBe('running')
  await studio.call.jobs.cancel({ job })
  expect(await ended(job)).toMatchObject({ state: 'cancelled', outputs: { done: 0 } })
  expect(await versions()).toHaveLength(1)
})

test('a picture whose enlargement would be too large is refused with both numbers, and the others are enlarged', async () => {
  const { writer } = studio.studio.services.projects.get(project)
  const author = studio.studio.services.people.current()
  const row = writer.version(small)!
  const { facts } = await writer.commit({
    label: 'undo.generate', author,
    facts: [{ ...row.fact, at: Date.now(), parents: [], content: { ...row.content, width: 3000, height: 2000 } as never }],
  })
  const { jobs, refused } = await studio.call.pictures.enlarge({ project, versions: [facts[0]!, small, small] })
  expect(jobs.map(({ version }) => version)).toEqual([small])
  expect(refused).toEqual([{ version: facts[0], error: { code: 'image-too-large', data: { name: 'A harbour', pixels: 6_000_000, limit: 4_000_000 } } }])
  expect((await ended(jobs[0]!.job)).state).toBe('done')
})

test('made again it is compared with its bytes, and without its model that is said before', async () => {
  const { results: [large] } = await ended(await enlarge(small))
  expect(await studio.call.pictures.remakeOutlook({ project, version: large! })).toEqual({ possible: true, exact: true, reasons: [] })
  const { job } = await studio.call.pictures.remake({ project, version: large! })
  expect((await ended(job)).remake).toMatchObject({ identical: true, sameEngine: true })
  await studio.close()
  await removeFolder(join(studio.folder, 'resources'))
  studio = await testStudio({ spawn: engine.spawn, name: 'Ada', folder: studio.folder })
  ;({ handle: project } = await studio.call.projects.open({ path }))
  expect(await studio.call.pictures.enlargement()).toBeNull()
  expect(await studio.call.pictures.remakeOutlook({ project, version: large! })).toEqual({ possible: false, exact: false, reasons: ['model-missing'] })
  await expect(studio.call.pictures.enlarge({ project, versions: [small] })).rejects.toMatchObject({ code: 'model-missing' })
})

test('a text cannot be enlarged', async () => {
  const text = await studio.call.items.create({ project, kind: 'text', title: 'Words' })
  const { version } = await studio.call.texts.keep({ project, item: text.id })
  await expect(studio.call.pictures.enlarge({ project, versions: [version] })).rejects.toMatchObject({ code: 'not-an-image' })
})

test('pictures that are asked for at the larger size come as two versions each, the larger after the smaller, each with its own recipe', async () => {
  const { job, item: fresh } = await studio.call.pictures.ask({ project, item: null, prompt: 'Two boats', seed: 7, count: 2, enlarge: true })
  expect(await ended(job)).toMatchObject({ state: 'done', outputs: { done: 4, wanted: 4 } })
  const all = (await studio.call.items.versions({ project, item: fresh })).versions.toReversed()
  expect(all.map(({ recipe, content }) => [recipe.by === 'image-model' && recipe.operation, recipe.by === 'image-model' && recipe.output, content.type === 'blob' && content.width]))
    .toEqual([['text-to-image', 0, 16], ['text-to-image', 1, 16], ['upscale', 2, 64], ['upscale', 3, 64]])
  expect(all.slice(2).map(({ parents }) => parents)).toEqual([[all[0]!.id], [all[1]!.id]])
})

test('while it is enlarged, the picture itself is what is shown of it', async () => {
  engine.hold()
  const job = await enlarge(small)
  await expect.poll(async () => (await studio.call.jobs.get({ job })).previews).toEqual([{ output: 0, number: 1 }])
  engine.release()
  expect((await ended(job)).state).toBe('done')
})

test('the examination of the studio says what enlarges', async () => {
  const { checks } = await studio.call.system.doctor()
  expect(checks.find(({ name }) => name === 'enlarging')).toMatchObject({ ok: true, detail: 'upscaler: 4 times, 0 kB' })
})
