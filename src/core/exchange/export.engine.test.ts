import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as yauzl from 'yauzl'
import { realSpawn } from '../imaging/testing-engines.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))
const SECRET = 'a secret heart'

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
let path: string
let made: { item: string; version: string }
let out: string
beforeAll(async () => {
  engines = await realSpawn()
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources })
  ;({ handle: project, path } = await studio.call.projects.create({ title: 'Exports' }))
  await writeFile(join(studio.folder, 'Letter.md'), '# Hello\n\nDear *reader*.\n')
  await writeFile(join(studio.folder, '..hidden?.txt'), 'words')
  await writeFile(join(studio.folder, 'photo.jpg'), await sharp({ create: { width: 50, height: 30, channels: 3, background: 'teal' } }).jpeg().toBuffer())
  await writeFile(join(studio.folder, 'terms.pdf'), '%PDF-1.7 \0')
  const { refused } = await studio.call.pictures.import({ project, paths: ['Letter.md', '..hidden?.txt', 'photo.jpg', 'terms.pdf'].map((name) => join(studio.folder, name)) })
  expect(refused).toEqual([])
  const { job, item } = await studio.call.pictures.ask({ project, item: null, title: 'Heart', prompt: SECRET, seed: 3, steps: 4, count: 2 })
  await studio.studio.services.queue.whenEnded(job)
  const [newest, oldest] = (await studio.call.items.versions({ project, item })).versions
  await studio.call.pictures.discard({ project, versions: [oldest!.id] })
  made = { item, version: newest!.id }
})
beforeEach(async () => {
  out = await mkdtemp(join(studio.folder, 'out-'))
})
afterAll(async () => {
  await studio.close()
  await engines.remove()
  await removeFolder(studio.folder)
})

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const exportsOf = () => studio.studio.services.projects.get(project).writer.factsAll('export')

/** The files of an archive, as another program reads them. */
async function unzip(file: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const zip = await yauzl.openPromise(file)
  for await (const entry of zip.eachEntry()) found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return found
}

test('an archive holds every item, and its manifest the true hash, title and recipe of each file', async () => {
  const file = join(out, 'All.zip')
  const before = exportsOf().length
  const answer = await studio.call.exchange.exportAll({ project, path: file })
  const files = await unzip(file)
  const manifest = JSON.parse(files.get('manifest.json')!.toString('utf8'))
  expect([...files.keys()].sort()).toEqual([...answer.files.map(({ name }) => name), 'manifest.json'].sort())
  expect(manifest.files.map(({ name }: { name: string }) => name).sort()).toEqual(
    ['files/terms.pdf', 'pictures/Heart.png', 'pictures/photo.jpg', 'texts/Letter.md', 'texts/hidden-.md'])
  for (const entry of manifest.files) expect([entry.sha256, entry.bytes]).toEqual([hashOf(files.get(entry.name)!), files.get(entry.name)!.length])
  expect(hashOf(files.get('manifest.json')!)).toBe(answer.manifest.sha256)
  expect(files.get('texts/Letter.md')!.toString()).toBe('# Hello\n\nDear *reader*.\n')
  expect(manifest.files.find(({ name }: { name: string }) => name === 'pictures/Heart.png')).toMatchObject({
    item: { id: made.item, title: 'Heart', kind: 'image' }, version: { id: made.version, person: 'Ada', approved: false },
    recipe: { by: 'image-model', seed: 4, steps: 4 }, digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  })
  expect(files.get('manifest.json')!.toString()).not.toContain(SECRET)
  expect(exportsOf().length).toBe(before + 1)
  expect(exportsOf().at(-1)!.fact).toMatchObject({ format: 'archive', approved: [] })
  expect(await readdir(out)).toEqual(['All.zip'])
})

test('prompts are told only where that was chosen, and PNG says in itself how it was made', async () => {
  await studio.call.exchange.exportAll({ project, path: join(out, 'told'), items: [made.item], prompts: true, pictures: 'png' })
  expect(await readFile(join(out, 'told', 'manifest.json'), 'utf8')).toContain(SECRET)
  const picture = await readFile(join(out, 'told', 'pictures', 'Heart.png'))
  expect((await sharp(picture).metadata()).xmp!.toString()).toContain('digitalsourcetype/trainedAlgorithmicMedia')
  const manifest = JSON.parse(await readFile(join(out, 'told', 'manifest.json'), 'utf8'))
  expect(manifest.files[0].sha256).toBe(hashOf(picture))
})

test('into a folder again, our own files are written over and others stay', async () => {
  const folder = join(out, 'Folder')
  await studio.call.exchange.exportAll({ project, path: folder })
  await writeFile(join(folder, 'texts', 'Letter.md'), 'changed by hand')
  const again = await studio.call.exchange.exportAll({ project, path: folder })
  expect(await readFile(join(folder, 'texts', 'Letter.md'), 'utf8')).toBe('changed by hand')
  expect(again.files.map(({ name }) => name).sort()).toEqual(['files/terms.pdf', 'pictures/Heart.png', 'pictures/photo.jpg', 'texts/Letter 2.md', 'texts/hidden-.md'])
  expect((await readdir(folder)).sort()).toEqual(['files', 'manifest.json', 'pictures', 'texts'])
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  for (const entry of manifest.files) expect(hashOf(await readFile(join(folder, ...entry.name.split('/'))))).toBe(entry.sha256)
})

test('a picture goes out in each format of the web, with its source type and without the prompt', async () => {
  for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
    const file = join(out, `heart.${format}`)
    const answer = await studio.call.exchange.exportPicture({ project, version: made.version, path: file, format, quality: 70 })
    const bytes = await readFile(file)
    expect(answer).toEqual({ path: file, sha256: hashOf(bytes), bytes: bytes.length, width: 128, height: 128 })
    const { format: found, xmp } = await sharp(bytes).metadata()
    expect(found).toBe(format === 'avif' ? 'heif' : format)
    expect(xmp!.toString()).toContain('Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia<')
    expect(xmp!.toString()).not.toContain(SECRET)
    expect(exportsOf().at(-1)!.fact).toMatchObject({ format, versions: [made.version] })
  }
})

test('what was brought in claims nothing of its origin, and what grew from it is a composite', async () => {
  const { items } = await studio.call.items.list({ project })
  const photo = items.find(({ title }) => title === 'photo')!
  await studio.call.exchange.exportPicture({ project, version: photo.heads[0]!, path: join(out, 'photo.png'), format: 'png' })
  expect((await sharp(await readFile(join(out, 'photo.png'))).metadata()).xmp!.toString()).not.toContain('DigitalSourceType')
  const { job } = await studio.call.pictures.ask({ project, item: null, prompt: 'blue', steps: 4, image: { version: photo.heads[0]!, strength: 0.6 } })
  const { results } = await studio.studio.services.queue.whenEnded(job)
  await studio.call.exchange.exportPicture({ project, version: results[0]!, path: join(out, 'grown.png'), format: 'png' })
  expect((await sharp(await readFile(join(out, 'grown.png'))).metadata()).xmp!.toString()).toContain('compositeWithTrainedAlgorithmicMedia')
})

test('an approved picture is published by its export, and not before', async () => {
  const { job, item } = await studio.call.pictures.ask({ project, item: null, prompt: 'approved', steps: 2 })
  const { results: [version] } = await studio.studio.services.queue.whenEnded(job)
  await studio.call.review.decide({ project, version: version!, decision: 'approve' })
  expect((await studio.call.items.get({ project, item })).state).toBe('approved')
  await studio.call.exchange.exportPicture({ project, version: version!, path: join(out, 'final.webp'), format: 'webp' })
  expect((await studio.call.items.get({ project, item })).state).toBe('published')
})

test('no project is ever written over, and a text is no picture', async () => {
  const size = (await stat(path)).size
  for (const target of [path, join(out, 'Other.galley')]) {
    await expect(studio.call.exchange.exportPicture({ project, version: made.version, path: target, format: 'png' })).rejects.toMatchObject({ code: 'bad-target' })
    await expect(studio.call.exchange.exportAll({ project, path: target })).rejects.toMatchObject({ code: 'bad-target' })
  }
  expect((await stat(path)).size).toBeGreaterThanOrEqual(size)
  const letter = (await studio.call.items.list({ project })).items.find(({ title }) => title === 'Letter')!
  await expect(studio.call.exchange.exportPicture({ project, version: letter.heads[0]!, path: join(out, 'x.png'), format: 'png' })).rejects.toMatchObject({ code: 'not-an-image' })
})

test('an enlarged picture stays what it was: a model’s is told as made by both models, one that was brought in as corrected by an algorithm', async () => {
  const photo = (await studio.call.items.list({ project })).items.find(({ title }) => title.startsWith('photo'))!
  const { jobs, refused } = await studio.call.pictures.enlarge({ project, versions: [made.version, photo.heads[0]!] })
  expect(refused).toEqual([])
  const types: string[] = []
  for (const { job, item } of jobs) {
    const { results: [version] } = await studio.studio.services.queue.whenEnded(job)
    expect((await studio.call.pictures.remakeOutlook({ project, version: version! })).exact).toBe(true)
    const file = join(out, `${item}.png`)
    await studio.call.exchange.exportPicture({ project, version: version!, path: file, format: 'png', prompts: true })
    const { xmp, width } = await sharp(file).metadata()
    expect(width).toBe(item === made.item ? 512 : 200)
    types.push(/DigitalSourceType>[^<]*\/(\w+)</.exec(xmp!.toString())![1]!)
    if (item === made.item) {
      expect(xmp!.toString()).toContain('Starter pictures, Drawing enlarger ×4')
      expect(xmp!.toString()).toContain(SECRET)
    }
  }
  expect(types).toEqual(['trainedAlgorithmicMedia', 'algorithmicallyEnhanced'])
  await studio.call.exchange.exportAll({ project, path: join(out, 'larger'), items: [made.item], prompts: true })
  const [entry] = JSON.parse(await readFile(join(out, 'larger', 'manifest.json'), 'utf8')).files
  expect(entry).toMatchObject({ recipe: { operation: 'upscale', factor: 4 }, madeFrom: [{ operation: 'text-to-image', prompt: SECRET }] })
})

test('an enlarged picture is made again to the bit', async () => {
  const newest = (await studio.call.items.versions({ project, item: made.item })).versions.find(({ recipe }) => recipe.by === 'image-model' && recipe.operation === 'upscale')!
  const { job } = await studio.call.pictures.remake({ project, version: newest.id })
  expect((await studio.studio.services.queue.whenEnded(job)).remake).toMatchObject({ identical: true, sameEngine: true })
})
