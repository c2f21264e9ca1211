import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { recipesOfBytes, sourceTypeOf } from '../exchange/source-type.js'
import { factsForXmp } from '../exchange/picture-facts.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'
import { realSpawn } from './testing-engines.js'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
beforeAll(async () => {
  engines = await realSpawn()
})
afterAll(() => engines.remove())
beforeEach(async () => {
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources })
  ;({ handle: project } = await studio.call.projects.create({ title: 'Pictures' }))
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

/** A drawing of this size, so that nothing but the media engine has to be there. */
async function drawing(width: number, height: number): Promise<{ item: string; version: string }> {
  const file = join(studio.folder, 'drawing.svg')
  await writeFile(file, `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width / 2}" height="${height}" fill="#c00"/></svg>`)
  const { imported } = await studio.call.pictures.import({ project, paths: [file] })
  return imported[0]!
}

test('[UNDO1] a cropped picture is a version by hand that says what was done, with the one that was seen as its parent, and undo takes it back', async () => {
  const { item, version } = await drawing(120, 80)
  const steps = [{ kind: 'turn', degrees: 90 }, { kind: 'crop', x: 10, y: 20, width: 40, height: 60 }, { kind: 'resize', width: 20, height: 30 }] as const
  const made = await studio.call.pictures.edit({ project, version, steps: [...steps] })
  expect(made.item).toBe(item)
  const cropped = await studio.call.items.version({ project, version: made.version })
  expect(cropped).toMatchObject({
    parents: [version], reason: 'edited', isHead: true, content: { mediaType: 'image/png', width: 20, height: 30 },
    recipe: { by: 'hand', edit: { steps, engine: expect.stringMatching(/^sharp \d/) } },
  })
  const hash = cropped.content.type === 'blob' ? cropped.content.hash : ''
  expect(studio.studio.services.projects.get(project).writer.thumbnail(hash)).not.toBeNull()
  expect((await studio.call.items.get({ project, item })).heads).toEqual([made.version])
  expect(await studio.call.projects.undo({ project })).toEqual({ undone: 'undo.edit-picture' })
  expect((await studio.call.items.get({ project, item })).heads).toEqual([version])
})

test('an edit is made again to the bit, and says so before', async () => {
  const { version } = await drawing(90, 60)
  const made = await studio.call.pictures.edit({ project, version, steps: [{ kind: 'crop', x: 5, y: 5, width: 71, height: 33 }, { kind: 'resize', width: 50, height: 23 }] })
  expect(await studio.call.pictures.remakeOutlook({ project, version: made.version })).toEqual({ possible: true, exact: true, reasons: [] })
  const { job } = await studio.call.pictures.remake({ project, version: made.version })
  expect(await studio.studio.services.queue.whenEnded(job)).toMatchObject({ state: 'done', remake: { identical: true, sameEngine: true }, results: [] })
})

test('a model’s picture stays a model’s picture however it is cropped, and a file says so', async () => {
  const { job } = await studio.call.pictures.ask({ project, item: null, prompt: 'pink heart', count: 1, seed: 3, steps: 4 })
  const { results: [source] } = await studio.studio.services.queue.whenEnded(job)
  const once = await studio.call.pictures.edit({ project, version: source!, steps: [{ kind: 'flip', axis: 'horizontal' }] })
  const twice = await studio.call.pictures.edit({ project, version: once.version, steps: [{ kind: 'crop', x: 0, y: 0, width: 100, height: 100 }] })
  const { writer } = studio.studio.services.projects.get(project)
  const row = writer.version(twice.version)!
  expect(sourceTypeOf(writer, row)).toBe('trainedAlgorithmicMedia')
  expect(factsForXmp(writer, row, { tool: 'Galley', title: 'Heart', prompts: true })).toMatchObject({ origin: 'trainedAlgorithmicMedia', prompt: 'pink heart', model: expect.any(String) })
  const brought = await drawing(30, 30)
  const hand = await studio.call.pictures.edit({ project, version: brought.version, steps: [{ kind: 'turn', degrees: 180 }] })
  expect(sourceTypeOf(writer, writer.version(hand.version)!)).toBeNull()
})

test('cropping what was enlarged and enlarging what was cropped keep the origin, the models and the way back, and come again to the bit', async () => {
  const { queue, projects } = studio.studio.services
  const enlarge = async (version: string): Promise<string> => (await queue.whenEnded((await studio.call.pictures.enlarge({ project, versions: [version] })).jobs[0]!.job)).results[0]!
  const crop = async (version: string): Promise<string> => (await studio.call.pictures.edit({ project, version, steps: [{ kind: 'crop', x: 0, y: 0, width: 60, height: 40 }] })).version
  const { results: [drawn] } = await queue.whenEnded((await studio.call.pictures.ask({ project, item: null, prompt: 'pink heart', count: 1, seed: 3, steps: 4 })).job)
  const { version: brought } = await drawing(64, 64)
  const { writer } = projects.get(project)
  for (const [source, origin] of [[drawn!, 'trainedAlgorithmicMedia'], [brought, 'algorithmicallyEnhanced']] as const) {
    for (const last of [await enlarge(await crop(source)), await crop(await enlarge(source))]) {
      const row = writer.version(last)!
      expect(sourceTypeOf(writer, row)).toBe(origin)
      expect(recipesOfBytes(writer, row)).toHaveLength(3)
      const facts = factsForXmp(writer, row, { tool: 'Galley', title: 'Heart', prompts: true })
      expect(facts.model).toContain('×4')
      expect(facts.prompt).toBe(source === drawn ? 'pink heart' : undefined)
      const { job } = await studio.call.pictures.remake({ project, version: last })
      expect((await queue.whenEnded(job)).remake).toMatchObject({ identical: true, sameEngine: true })
    }
  }
})

test('what does not fit is refused, and nothing is kept', async () => {
  const { item, version } = await drawing(30, 20)
  await expect(studio.call.pictures.edit({ project, version, steps: [{ kind: 'crop', x: 0, y: 0, width: 31, height: 20 }] })).rejects.toMatchObject({ code: 'bad-input' })
  const text = await studio.call.items.create({ project, kind: 'text', title: 'Text' })
  await studio.call.texts.open({ project, item: text.id, session: 'session-1' })
  const words = (await studio.call.texts.keep({ project, item: text.id, name: 'One' })).version
  await expect(studio.call.pictures.edit({ project, version: words, steps: [{ kind: 'turn', degrees: 90 }] })).rejects.toMatchObject({ code: 'not-an-image' })
  expect(await studio.call.items.get({ project, item })).toMatchObject({ versions: 1 })
})
