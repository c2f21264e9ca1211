import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JobView } from '../../contract/index.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'
import { realSpawn } from './testing-engines.js'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
let path: string
beforeAll(async () => {
  engines = await realSpawn()
})
afterAll(() => engines.remove())
beforeEach(async () => {
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources })
  ;({ handle: project, path } = await studio.call.projects.create({ title: 'Pictures' }))
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

const ended = (job: string): Promise<JobView> => studio.studio.services.queue.whenEnded(job)
const hashOf = async (file: string): Promise<string> => createHash('sha256').update(await readFile(file)).digest('hex')
const versionsOf = async (item: string) => (await studio.call.items.versions({ project, item })).versions.toReversed()
const ask = { item: null, prompt: 'pink heart, modern', count: 2, seed: 7, steps: 6 } as const

describe('asking for pictures', () => {
  test('each becomes a version with its own seed, and the page gets the picture, a thumbnail and previews', async () => {
    const previews: string[] = []
    const watching = new AbortController()
    void (async () => {
      for await (const { event } of studio.studio.services.events.subscribe(watching.signal)) {
        if (event.type === 'job.progressed' && event.preview) {
          const file = await studio.studio.asset({ kind: 'preview', job: event.job, output: event.preview.output })
          if (file) previews.push(file.mediaType)
        }
      }
    })()
    const { job, item } = await studio.call.pictures.ask({ ...ask, project, steps: 20 })
    expect(await ended(job)).toMatchObject({ state: 'done', outputs: { done: 2, wanted: 2 }, item, error: null })
    watching.abort()
    const versions = await versionsOf(item)
    expect(versions).toHaveLength(2)
    versions.forEach((version, output) => {
      expect(version).toMatchObject({
        reason: 'generated', parents: [], picked: null, content: { type: 'blob', mediaType: 'image/png', width: 128, height: 128 },
        recipe: { by: 'image-model', prompt: 'pink heart, modern', seed: 7 + output, steps: 20, job, output, sources: [] },
      })
    })
    expect(await studio.call.items.get({ project, item })).toMatchObject({ kind: 'image', title: 'pink heart, modern', versions: 2 })
    const hash = versions[0]!.content.type === 'blob' ? versions[0]!.content.hash : ''
    const whole = await studio.studio.asset({ kind: 'picture', project, hash, width: null })
    expect(whole!.mediaType).toBe('image/png')
    expect(await hashOf(whole!.path)).toBe(hash)
    const small = await studio.studio.asset({ kind: 'picture', project, hash, width: 320 })
    expect((await readFile(small!.path)).subarray(8, 12).toString()).toBe('WEBP')
    expect(await readFile(small!.path)).toEqual(Buffer.from(studio.studio.services.projects.get(project).writer.thumbnail(hash)!))
    expect(await studio.studio.asset({ kind: 'picture', project, hash: '0'.repeat(64), width: 640 })).toBeNull()
    expect(previews.length).toBeGreaterThan(0)
    expect(await studio.studio.asset({ kind: 'preview', job, output: 0 })).toBeNull()
  })

  test('a picture grows from another: the source is its parent, and what it illustrates is named', async () => {
    const first = await studio.call.pictures.ask({ ...ask, project, count: 1 })
    await ended(first.job)
    const [source] = await versionsOf(first.item)
    const text = await studio.call.items.create({ project, kind: 'text', title: 'Letter' })
    await studio.call.texts.open({ project, item: text.id, session: 'session-1' })
    const illustrates = (await studio.call.texts.keep({ project, item: text.id, name: 'First' })).version
    const second = await studio.call.pictures.ask({ ...ask, project, item: first.item, prompt: 'blue heart', count: 1, image: { version: source!.id, strength: 0.7 }, illustrates })
    expect(second.item).toBe(first.item)
    expect(await ended(second.job)).toMatchObject({ state: 'done' })
    const grown = (await versionsOf(first.item))[1]!
    expect(grown).toMatchObject({
      parents: [source!.id], isHead: true,
      recipe: { operation: 'image-to-image', strength: 0.7, sources: [{ version: source!.id, role: 'image' }, { version: illustrates, role: 'illustrates' }] },
    })
    expect((await studio.call.items.get({ project, item: first.item })).heads).toEqual([grown.id])
    const again = await studio.call.pictures.remake({ project, version: grown.id })
    expect((await ended(again.job)).remake).toMatchObject({ identical: true, sameEngine: true })
  })

  test('made again it is the same to the byte, which the job says, and no version comes of it', async () => {
    const { job, item } = await studio.call.pictures.ask({ ...ask, project, count: 1 })
    await ended(job)
    const [version] = await versionsOf(item)
    expect(await studio.call.pictures.remakeOutlook({ project, version: version!.id })).toEqual({ possible: true, exact: true, reasons: [] })
    const { job: again } = await studio.call.pictures.remake({ project, version: version!.id })
    const done = await ended(again)
    expect(done).toMatchObject({ state: 'done', remake: { identical: true, sameEngine: true }, results: [] })
    expect(version!.content).toMatchObject({ hash: done.remake!.sha256 })
    expect(await versionsOf(item)).toHaveLength(1)
    expect((await studio.call.jobs.get({ job: again })).remake).toEqual(done.remake)
  })

  test('on a transparent background it says so in its recipe, its thumbnail is see-through too, and made again it is the same to the byte', async () => {
    const { job, item } = await studio.call.pictures.ask({ ...ask, project, count: 1, transparent: true })
    await ended(job)
    const [version] = await versionsOf(item)
    expect(version!.recipe).toMatchObject({ transparent: true })
    const hash = version!.content.type === 'blob' ? version!.content.hash : ''
    const { imaging } = studio.studio.services
    for (const width of [null, 320] as const) {
      const asset = await studio.studio.asset({ kind: 'picture', project, hash, width })
      expect((await imaging.lookAt(asset!.path)).hasAlpha).toBe(true)
    }
    const { job: again } = await studio.call.pictures.remake({ project, version: version!.id })
    expect((await ended(again)).remake).toMatchObject({ identical: true, sameEngine: true })
    const plain = await studio.call.pictures.ask({ ...ask, project, count: 1 })
    await ended(plain.job)
    expect((await versionsOf(plain.item))[0]!.recipe).not.toHaveProperty('transparent')
  })

  test('core that ends between two pictures goes on with the second and makes none twice', async () => {
    const { job, item } = await studio.call.pictures.ask({ ...ask, project, count: 3, steps: 30 })
    await expect.poll(async () => (await studio.call.jobs.get({ job })).outputs.done, { timeout: 60_000, interval: 20 }).toBe(1)
    await studio.close()
    studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources, folder: studio.folder })
    expect((await studio.call.jobs.get({ job })).state).toBe('waiting')
    ;({ handle: project } = await studio.call.projects.open({ path }))
    expect(await ended(job)).toMatchObject({ state: 'done', outputs: { done: 3, wanted: 3 } })
    const versions = await versionsOf(item)
    expect(versions.map(({ recipe }) => recipe.by === 'image-model' && [recipe.output, recipe.seed])).toEqual([[0, 7], [1, 8], [2, 9]])
    expect(new Set(versions.map(({ content }) => content.type === 'blob' && content.hash)).size).toBe(3)
  })

  test('cancelled on the way it keeps what was ready, and retried it is a new job', async () => {
    const { job, item } = await studio.call.pictures.ask({ ...ask, project, count: 3, steps: 60 })
    await expect.poll(async () => (await studio.call.jobs.get({ job })).outputs.done, { timeout: 60_000, interval: 20 }).toBe(1)
    await studio.call.jobs.cancel({ job })
    expect((await ended(job)).state).toBe('cancelled')
    expect(await versionsOf(item)).toHaveLength(1)
    const { job: again } = await studio.call.jobs.retry({ job })
    expect(await ended(again)).toMatchObject({ state: 'done', outputs: { done: 3, wanted: 3 } })
    expect(await stat(studio.studio.services.imaging.previewFile(again, 0)).catch(() => null)).toBeNull()
  })

  test('[UNDO1] keeping and setting aside are registers that undo puts back, and prompts are remembered with them', async () => {
    const { job, item } = await studio.call.pictures.ask({ ...ask, project })
    await ended(job)
    const [one, two] = await versionsOf(item)
    await studio.call.pictures.keep({ project, versions: [one!.id] })
    await studio.call.pictures.discard({ project, versions: [two!.id] })
    expect((await versionsOf(item)).map(({ picked }) => picked)).toEqual([true, false])
    expect(await studio.call.pictures.promptHistory({ project })).toMatchObject([{ prompt: ask.prompt, made: 2, kept: 1, version: two!.id }])
    expect(await studio.call.pictures.promptHistory({ project, search: 'HEART' })).toHaveLength(1)
    expect(await studio.call.pictures.promptHistory({ project, search: 'boat' })).toEqual([])
    await studio.call.projects.undo({ project })
    await studio.call.projects.undo({ project })
    expect((await versionsOf(item)).map(({ picked }) => picked)).toEqual([null, null])
  })

  test('what the model cannot do is refused before anything is made', async () => {
    await expect(studio.call.pictures.ask({ ...ask, project, width: 4096, height: 4096 })).rejects.toMatchObject({ code: 'not-supported' })
    await expect(studio.call.pictures.ask({ ...ask, project, model: 'no such model' })).rejects.toMatchObject({ code: 'model-missing' })
    expect((await studio.call.items.list({ project })).items).toEqual([])
    expect(await studio.call.jobs.list({ project })).toEqual([])
    expect(await studio.call.pictures.capabilities({})).toMatchObject({ backend: 'built-in', sizes: [[128, 128]], limits: { count: 16 }, repeatable: true })
  })
})
