import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
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

const ended = (job: string) => studio.studio.services.queue.whenEnded(job)

/** A grey PNG, written without the engine that is under test. */
function greyPng(width: number, height: number, value: (x: number, y: number) => number): Buffer {
  const rows = Buffer.from(Array.from({ length: height }, (_, y) => [0, ...Array.from({ length: width }, (__, x) => value(x, y))]).flat())
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    let crc = ~0
    for (const byte of body) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
    }
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(~crc >>> 0)
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

async function drawing(): Promise<{ item: string; version: string }> {
  const file = join(studio.folder, 'Boat.svg')
  await writeFile(file, '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#cde"/><circle cx="150" cy="90" r="60" fill="#a33"/></svg>')
  return (await studio.call.pictures.import({ project, paths: [file] })).imported[0]!
}
const mask = greyPng(150, 100, (x, y) => (x > 100 && y > 60 ? 255 : 0)).toString('base64')

test('a part of a picture is painted anew in a version of its size, whose recipe names the mask, and comes out the same again', async () => {
  const { item, version } = await drawing()
  const { job } = await studio.call.pictures.ask({ project, item, prompt: 'pink heart', count: 2, seed: 5, image: { version, strength: 1 }, mask })
  const { results, state } = await ended(job)
  expect([state, results.length]).toEqual(['done', 2])
  const made = await studio.call.items.version({ project, version: results[0]! })
  expect(made).toMatchObject({ parents: [version], content: { width: 300, height: 200, mediaType: 'image/png' }, recipe: { by: 'image-model', operation: 'inpaint', width: 128, height: 128, strength: 1 } })
  const sources = made.recipe.by === 'image-model' ? made.recipe.sources : []
  expect(sources.map(({ role }) => role)).toEqual(['image', 'mask'])
  // The mask is in the project, and on no desk, in no gallery and in no lineage.
  expect((await studio.call.items.list({ project })).items.map(({ id }) => id)).toEqual([item])
  expect((await studio.call.pictures.list({ project })).entries).toHaveLength(3)
  expect(await studio.call.pictures.remakeOutlook({ project, version: made.id })).toEqual({ possible: true, exact: true, reasons: [] })
  const again = await studio.call.pictures.remake({ project, version: made.id })
  expect((await ended(again.job)).remake).toMatchObject({ identical: true })
  await studio.call.projects.close({ project })
  expect(await studio.call.projects.check({ path, rebuild: true })).toMatchObject({ ok: true, problems: [] })
  ;({ handle: project } = await studio.call.projects.open({ path }))
  expect(studio.studio.services.projects.get(project).writer.version(sources[1]!.version)).toMatchObject({ content: { width: 150, height: 100 } })
})

test('a part of a picture on a clear background is painted on a clear background too, cropped and enlarged it stays clear, and all comes again to the bit', async () => {
  const { results: [clear] } = await ended((await studio.call.pictures.ask({ project, item: null, prompt: 'red apple', count: 1, seed: 5, transparent: true })).job)
  const { item } = await studio.call.items.version({ project, version: clear! })
  const { job } = await studio.call.pictures.ask({
    project, item, prompt: 'pink heart', count: 1, seed: 5, transparent: true, enlarge: true, image: { version: clear!, strength: 1 }, mask: greyPng(128, 128, (x, y) => (x > 60 && y > 60 ? 255 : 0)).toString('base64'),
  })
  const { results: [painted, large] } = await ended(job)
  const { version: cropped } = await studio.call.pictures.edit({ project, version: large!, steps: [{ kind: 'crop', x: 100, y: 100, width: 300, height: 300 }] })
  for (const [version, width] of [[painted!, 128], [large!, 512], [cropped, 300]] as const) {
    const { content } = await studio.call.items.version({ project, version })
    const { path: file } = (await studio.studio.asset({ kind: 'picture', project, hash: content.type === 'blob' ? content.hash : '', width: null }))!
    expect(await studio.studio.services.imaging.lookAt(file)).toMatchObject({ width, hasAlpha: true })
    const again = await studio.call.pictures.remake({ project, version })
    expect((await ended(again.job)).remake).toMatchObject({ identical: true, sameEngine: true })
  }
})

test('[MERGE2] a colleague’s copy brings the mask along, so that it can be made again there', async () => {
  const { item, version } = await drawing()
  const { job } = await studio.call.pictures.ask({ project, item, prompt: 'pink heart', count: 1, seed: 5, image: { version, strength: 1 }, mask })
  const { results: [made] } = await ended(job)
  const copy = join(studio.folder, 'copy.galley')
  await studio.call.copies.save({ project, path: copy })
  const other = await testStudio({ spawn: engines.spawn, name: 'Ben', resources })
  const { handle } = await other.call.projects.open({ path: copy })
  const { job: again } = await other.call.pictures.remake({ project: handle, version: made! })
  expect((await other.studio.services.queue.whenEnded(again)).remake).toMatchObject({ identical: true })
  // Painted there and merged here, a mask is nothing that a person is told of.
  const { job: theirs } = await other.call.pictures.ask({ project: handle, item, prompt: 'blue heart', count: 1, seed: 6, image: { version, strength: 1 }, mask })
  await other.studio.services.queue.whenEnded(theirs)
  await other.call.projects.close({ project: handle })
  expect(await studio.call.copies.preview({ project, path: copy })).toMatchObject({ items: 0, versions: 1, changes: [{ item, isNew: false, versions: 1 }] })
  await studio.call.copies.merge({ project, path: copy })
  expect((await studio.call.items.list({ project })).items.map(({ id }) => id)).toEqual([item])
  await other.close()
  await removeFolder(other.folder)
})

test('a mask that does not fit is refused, and nothing is kept or queued', async () => {
  const { item, version } = await drawing()
  const ask = (changes: object) => studio.call.pictures.ask({ project, item, prompt: 'pink heart', image: { version, strength: 1 }, mask, ...changes })
  await expect(ask({ mask: greyPng(100, 100, () => 255).toString('base64') })).rejects.toMatchObject({ code: 'bad-input' })
  await expect(ask({ mask: Buffer.from('no picture').toString('base64') })).rejects.toMatchObject({ code: 'not-an-image' })
  await expect(ask({ image: undefined })).rejects.toMatchObject({ code: 'bad-input' })
  expect((await studio.call.jobs.list({ project })).filter(({ kind }) => kind === 'image')).toEqual([])
  // Nothing painted is noticed only with the pixels, and fails the job with that reason.
  const { job } = await ask({ mask: greyPng(150, 100, () => 0).toString('base64') })
  expect(await ended(job)).toMatchObject({ state: 'failed', error: { code: 'bad-input' } })
  expect((await studio.call.items.versions({ project, item })).total).toBe(1)
})
