import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobView } from '../../contract/index.js'
import { scriptedEngine, type ScriptedEngine } from '../testing/scripted-engine.js'
import { testImageModel } from '../testing/test-model.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let engine: ScriptedEngine
let studio: TestStudio
let project: string
let path: string
beforeEach(async () => {
  engine = scriptedEngine()
  studio = await testStudio({ spawn: engine.spawn, name: 'Ada' })
  await testImageModel(studio)
  ;({ handle: project, path } = await studio.call.projects.create({ title: 'Pictures' }))
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

const ended = (job: string): Promise<JobView> => studio.studio.services.queue.whenEnded(job)
const view = (job: string): Promise<JobView> => studio.call.jobs.get({ job })
const seedsOf = async (item: string) => (await studio.call.items.versions({ project, item })).versions.toReversed().map(({ recipe }) => recipe.by === 'image-model' && recipe.seed)
const ask = { item: null, prompt: 'A harbour\nat night', seed: 40, count: 3 } as const
/** Lets one picture after the other through until the job holds so many. */
async function until(job: string, count: number): Promise<void> {
  await expect.poll(async () => {
    engine.step()
    return (await view(job)).outputs.done
  }, { timeout: 10_000, interval: 5 }).toBe(count)
}

test('a paused job goes on with the pictures that are not there yet', async () => {
  engine.hold()
  const { job, item } = await studio.call.pictures.ask({ ...ask, project })
  await until(job, 1)
  await studio.call.jobs.pause({ job })
  await expect.poll(async () => (await view(job)).waits).toBe('paused')
  engine.release()
  await studio.call.jobs.resume({ job })
  expect(await ended(job)).toMatchObject({ state: 'done', outputs: { done: 3, wanted: 3 } })
  expect(await seedsOf(item)).toEqual([40, 41, 42])
})

test('core that ends before it wrote down that a picture is there finds it in the project', async () => {
  engine.hold()
  const { job, item } = await studio.call.pictures.ask({ ...ask, project })
  await until(job, 2)
  await studio.close()
  const asked = engine.pictures.length
  engine = scriptedEngine()
  studio = await testStudio({ spawn: engine.spawn, name: 'Ada', folder: studio.folder })
  // As after a crash between the two files: the queue knows of no picture.
  studio.studio.services.db.jobs.claim(job, 'gone', Date.now(), 0)
  studio.studio.services.db.jobs.settle(job, 'gone', { state: 'waiting', results: [], at: Date.now() })
  expect((await view(job)).outputs.done).toBe(0)
  ;({ handle: project } = await studio.call.projects.open({ path }))
  expect(await ended(job)).toMatchObject({ state: 'done', outputs: { done: 3, wanted: 3 } })
  expect(engine.pictures.map(({ seed }) => seed)).toEqual([42])
  expect(asked).toBeLessThanOrEqual(3)
  expect(await seedsOf(item)).toEqual([40, 41, 42])
})

test('an engine that dies fails the job, keeps what was ready, and a retry makes only what is missing, with the same seeds', async () => {
  engine.hold()
  const { job, item } = await studio.call.pictures.ask({ ...ask, project })
  await until(job, 1)
  await expect.poll(() => engine.pictures.length).toBeGreaterThan(1)
  engine.kill()
  expect(await ended(job)).toMatchObject({ state: 'failed', error: { code: 'engine-lost' }, outputs: { done: 1 } })
  engine.release()
  const { job: again } = await studio.call.jobs.retry({ job })
  expect(await ended(again)).toMatchObject({ state: 'done', outputs: { done: 3, wanted: 3 } })
  expect(await seedsOf(item)).toEqual([40, 41, 42])
})

test('a retry of a retry makes what neither of them made, also after the first one was taken off the list', async () => {
  engine.hold()
  const { job, item } = await studio.call.pictures.ask({ ...ask, project })
  await until(job, 1)
  await studio.call.jobs.cancel({ job })
  expect((await ended(job)).state).toBe('cancelled')
  const { job: second } = await studio.call.jobs.retry({ job })
  await studio.call.jobs.dismiss({ job })
  await until(second, 2)
  await studio.call.jobs.cancel({ job: second })
  expect((await ended(second)).outputs).toEqual({ done: 2, wanted: 3 })
  engine.release()
  const { job: third } = await studio.call.jobs.retry({ job: second })
  const { results } = await ended(third)
  expect(await seedsOf(item)).toEqual([40, 41, 42])
  expect(new Set(results).size).toBe(3)
})

test('[UNDO1] a picture that was undone is not made again by a job that goes on', async () => {
  engine.hold()
  const { job, item } = await studio.call.pictures.ask({ ...ask, project })
  await until(job, 1)
  await studio.call.jobs.pause({ job })
  await expect.poll(async () => (await view(job)).waits).toBe('paused')
  expect(await studio.call.projects.undo({ project })).toEqual({ undone: 'undo.generate' })
  engine.release()
  await studio.call.jobs.resume({ job })
  expect((await ended(job)).state).toBe('done')
  expect(await seedsOf(item)).toEqual([41, 42])
})

test('[STATE1] siblings that are set aside are no heads, so that the one that stays can be approved', async () => {
  const { job, item } = await studio.call.pictures.ask({ ...ask, project })
  const { results: [first, second, third] } = await ended(job)
  const itemNow = () => studio.call.items.get({ project, item })
  expect((await itemNow()).heads).toEqual([first, second, third])
  await studio.call.pictures.discard({ project, versions: [first!, third!] })
  await studio.call.review.decide({ project, version: second!, decision: 'approve' })
  expect(await itemNow()).toMatchObject({ heads: [second], state: 'approved', versions: 3 })
  await studio.call.pictures.discard({ project, versions: [second!] })
  expect((await itemNow()).heads).toEqual([first, second, third])
  await studio.call.pictures.keep({ project, versions: [third!] })
  expect((await itemNow()).heads).toEqual([third])
  await studio.call.projects.undo({ project })
  await studio.call.projects.undo({ project })
  expect((await itemNow()).heads).toEqual([second])
  await studio.call.projects.close({ project })
  expect(await studio.call.projects.check({ path, rebuild: true })).toMatchObject({ ok: true, problems: [] })
  ;({ handle: project } = await studio.call.projects.open({ path }))
  expect((await itemNow()).heads).toEqual([second])
})

test('the model of the settings is taken where no other is chosen, and a new item is named by the first words', async () => {
  const { job, item } = await studio.call.pictures.ask({ ...ask, project, count: 1 })
  const { results } = await ended(job)
  const { models } = { models: await studio.call.models.list() }
  const used = (await studio.call.items.version({ project, version: results[0]! })).recipe
  expect(used.by === 'image-model' && used.model.hash).toBe(models.find(({ kind, builtIn }) => kind === 'image' && !builtIn)!.hash)
  expect((await studio.call.items.get({ project, item })).title).toBe('A harbour')
  await expect(studio.call.pictures.ask({ ...ask, project, item: (await studio.call.items.create({ project, kind: 'text', title: 'Text' })).id })).rejects.toMatchObject({ code: 'bad-input' })
})

test('what nobody’s model made cannot be made again, and that is said before', async () => {
  const { job } = await studio.call.pictures.ask({ ...ask, project, count: 1 })
  const { results: [version] } = await ended(job)
  await studio.call.system.changeSettings({ imageModel: null })
  for (const { id, kind, builtIn } of await studio.call.models.list()) if (kind === 'image' && !builtIn) await studio.call.models.forget({ model: id })
  expect(await studio.call.pictures.remakeOutlook({ project, version: version! })).toEqual({ possible: false, exact: false, reasons: ['model-missing'] })
  await expect(studio.call.pictures.remake({ project, version: version! })).rejects.toMatchObject({ code: 'model-missing' })
})
