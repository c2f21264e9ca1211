import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FactId, FactOf } from '../../../contract/index.js'
import { createProject, openProject, type OpenProject } from '../index.js'
import type { ProjectWriter } from '../types.js'
import { blobVersion, commit, itemFact, makeAuthor, makeFolder, makeMemory, textVersion, title } from '../testing/fixtures.js'
import { factIdOf } from '../hashing.js'
import { GalleryOrder } from './gallery.js'

const folder = makeFolder()
const author = makeAuthor('Marit')
const memory = makeMemory()
let project: ProjectWriter
let image: FactId
let other: FactId

const recipeOf = (sources: readonly { version: FactId; role: 'image' | 'illustrates' | 'read' }[], seed: number): FactOf<'version'>['recipe'] => ({
  by: 'image-model', model: { name: 'M', hash: 'a'.repeat(64) }, backend: 'b', engine: 'e', operation: 'text-to-image', prompt: 'p', negativePrompt: '', seed, steps: 1, guidance: 1,
  sampler: 's', width: 16, height: 16, threads: 1, ms: 1, sources: [...sources], job: 'job-1', output: seed,
})

/** Adds picture versions one commit each, so that their order is known; answers their ids, oldest first. */
async function addPictures(item: FactId, count: number): Promise<FactId[]> {
  const ids: FactId[] = []
  for (let index = 0; index < count; index++) {
    const blob = await project.writeBlob([Buffer.from(`${item} ${index}`)])
    const { facts } = await commit(project, author, { facts: [blobVersion(author, item, blob, index + 1)] })
    ids.push(facts[0]!)
  }
  return ids
}

beforeAll(async () => {
  project = await createProject(folder.path('pictures.galley'), { title: 'Pictures', author, memory, cacheDir: folder.path('cache') })
  const facts = [itemFact(author, 'image'), itemFact(author, 'image'), itemFact(author, 'text')]
  await commit(project, author, { facts, registers: facts.map((fact, index) => title(factIdOf(fact), `Item ${index}`)) })
  ;[image, other] = facts.map(factIdOf) as [FactId, FactId]
  await commit(project, author, { facts: [textVersion(author, factIdOf(facts[2]!), [])] })
})
afterAll(async () => {
  await project.close()
  folder.remove()
})

describe('the pictures of a project', () => {
  test('come newest first, from either end alike, and texts are not among them', async () => {
    const made = [...await addPictures(image, 4), ...await addPictures(other, 3)].reverse()
    const all = (await project.gallery('pictures', { offset: 0, limit: 100 })).map(({ id }) => id)
    expect(all).toEqual(made)
    for (let offset = 0; offset < 8; offset++) expect((await project.gallery('pictures', { offset, limit: 2 })).map(({ id }) => id), `from ${offset}`).toEqual(made.slice(offset, offset + 2))
    expect(project.galleryCounts()).toEqual({ all: 8, pictures: 7, texts: 1, kept: 0, 'set-aside': 0 })
  })

  test('what was kept or set aside is counted and filtered, also after undo', async () => {
    const [newest, second, third] = (await project.gallery('pictures', { offset: 0, limit: 3 })).map(({ id }) => id)
    await commit(project, author, { registers: [{ target: newest!, name: 'picked', value: true }, { target: third!, name: 'picked', value: false }] })
    await commit(project, author, { registers: [{ target: second!, name: 'picked', value: true }] })
    expect(project.galleryCounts()).toEqual({ all: 8, pictures: 7, texts: 1, kept: 2, 'set-aside': 1 })
    expect((await project.gallery('kept', { offset: 0, limit: 9 })).map(({ id }) => id)).toEqual([newest, second])
    await project.undo(author)
    expect((await project.gallery('kept', { offset: 0, limit: 9 })).map(({ id }) => id)).toEqual([newest])
    expect((await project.gallery('set-aside', { offset: 0, limit: 9 })).map(({ id }) => id)).toEqual([third])
  })

  test('those of an item that was set aside are not shown, and come back with it', async () => {
    await commit(project, author, { registers: [{ target: other, name: 'deleted', value: true }] })
    expect(project.galleryCounts().pictures).toBe(4)
    expect(await project.gallery('pictures', { offset: 0, limit: 9 })).toHaveLength(4)
    expect(project.versionCount()).toBe(5)
    expect(await project.newestVersions({ offset: 3, limit: 9 })).toHaveLength(2)
    await project.undo(author)
    expect(project.galleryCounts().pictures).toBe(7)
  })

  test('a text stands among them once, as its newest head, and moves up when it is written on', async () => {
    const [text] = await project.gallery('texts', { offset: 0, limit: 9 })
    expect((await project.gallery('all', { offset: 0, limit: 9 })).at(-1)!.id).toBe(text!.id)
    const { facts } = await commit(project, author, { facts: [textVersion(author, text!.item, [], [text!.id], 7)] })
    expect((await project.gallery('all', { offset: 0, limit: 9 })).map(({ id }) => id).slice(0, 1)).toEqual(facts)
    expect((await project.gallery('texts', { offset: 0, limit: 9 })).map(({ id }) => id)).toEqual(facts)
    expect(project.galleryCounts()).toMatchObject({ all: 8, texts: 1 })
    await project.undo(author)
    expect((await project.gallery('texts', { offset: 0, limit: 9 })).map(({ id }) => id)).toEqual([text!.id])
  })

  test('every page is the same however the steps fall, before and after something was written', async () => {
    const { connection } = project as OpenProject
    for (const step of [1, 2, 3, 5, 100]) {
      const order = new GalleryOrder(connection, step)
      for (let turn = 0; turn < 2; turn++) {
        const all = (await project.gallery('all', { offset: 0, limit: 100 })).map(({ id }) => id)
        for (const offset of [6, 0, 3, 7, 1, 4]) expect(await order.read('all', { offset, limit: 3 }, all.length), `steps of ${step}, from ${offset}`).toEqual(all.slice(offset, offset + 3))
        if (turn === 0) await commit(project, author, { registers: [{ target: other, name: 'deleted', value: true }] })
        else await project.undo(author)
      }
    }
  })

  test('pictures that nobody said anything about are one run of the outline, and a month begins where it does', async () => {
    const fact = itemFact(author, 'image')
    await commit(project, author, { facts: [fact] })
    const before = await project.outline()
    const made = (await addPictures(factIdOf(fact), 9)).reverse()
    const after = await project.outline()
    expect(after.total).toBe(before.total + 9)
    expect(after.runs[0]).toMatchObject({ start: 0 })
    expect(after.runs[0]!.count).toBeGreaterThanOrEqual(9)
    expect(after.runs[0]!.from).toBeLessThanOrEqual(after.runs[0]!.to)
    expect(after.months[0]).toMatchObject({ start: 0, month: expect.stringMatching(/^\d{4}-\d{2}$/) as string })
    // The newest but one is kept: it stands alone, and the one before it is no run.
    await commit(project, author, { registers: [{ target: made[1]!, name: 'picked', value: true }] })
    expect((await project.outline()).runs[0]!.start).toBe(2)
    await project.undo(author)
    expect((await project.outline()).runs[0]!.start).toBe(0)
    await commit(project, author, { registers: [{ target: factIdOf(fact), name: 'deleted', value: true }] })
    expect(await project.outline()).toEqual(before)
  })

  test('a picture that was removed for good leaves the gallery', async () => {
    const [newest] = await project.gallery('pictures', { offset: 0, limit: 1 })
    await commit(project, author, { facts: [{ kind: 'removal', at: 9, by: author.person, nonce: 'n', version: newest!.id, reason: 'asked for' }] })
    expect(project.galleryCounts().pictures).toBe(6)
    expect((await project.gallery('pictures', { offset: 0, limit: 9 })).map(({ id }) => id)).not.toContain(newest!.id)
  })
})

describe('what was made from a version', () => {
  test('is found by its parents and by its recipe, without changing what its item says of itself', async () => {
    const [source] = await project.gallery('pictures', { offset: 0, limit: 1 })
    const blob = await project.writeBlob([Buffer.from('child')])
    const child = { ...blobVersion(author, image, blob, 20), parents: [source!.id], recipe: recipeOf([{ version: source!.id, role: 'image' }], 1) }
    const reader = { ...blobVersion(author, other, blob, 21), recipe: recipeOf([{ version: source!.id, role: 'illustrates' }], 2) }
    const mentions = project.factsOf('version', source!.item).length
    const { facts } = await commit(project, author, { facts: [child, reader] })
    expect([...project.madeFrom(source!.id)].sort()).toEqual([...facts].sort())
    expect(project.factsOf('version', source!.item)).toHaveLength(mentions + [child, reader].filter(({ item }) => item === source!.item).length)
    const path = project.path
    await project.close()
    project = await openProject(path, { author, memory, cacheDir: folder.path('cache') })
    expect(project.madeFrom(source!.id)).toHaveLength(2)
  })
})
