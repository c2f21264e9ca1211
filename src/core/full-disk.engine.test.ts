import { appendFileSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { realSpawn } from './imaging/testing-engines.js'
import { sentences, typeParagraphs } from './review/testing.js'
import { smallDisk, type SmallDisk } from './testing/small-disk.js'
import { removeFolder, testStudio, type TestStudio } from './testing/test-studio.js'
import { describeUnless } from '../testing/unless.js'

const disk = smallDisk(24)

/** A project on a small disk, with user data and cache elsewhere. */
describeUnless(typeof disk === 'string' && disk)('a disk that is full', () => {
  const folder = typeof disk === 'string' ? '' : disk.folder
  let engines: Awaited<ReturnType<typeof realSpawn>>
  let studio: TestStudio
  let project: string
  const ballast = join(folder, 'ballast')
  const free = (): number => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  /** Leaves so many bytes free. */
  const fill = (left: number): void => appendFileSync(ballast, Buffer.alloc(Math.max(0, free() - left)))
  const empty = (): void => rmSync(ballast, { force: true })
  const whole = async (): Promise<void> => {
    await studio.call.projects.close({ project })
    expect(await studio.call.projects.check({ path: join(folder, 'Full.galley'), rebuild: false })).toMatchObject({ ok: true, problems: [] })
    await studio.call.projects.open({ path: join(folder, 'Full.galley') })
  }

  beforeAll(async () => {
    engines = await realSpawn()
    studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources: join(import.meta.dirname, '../../resources') })
    ;({ handle: project } = await studio.call.projects.create({ title: 'Full', path: join(folder, 'Full.galley') }))
  })
  afterAll(async () => {
    await studio.close()
    await engines.remove()
    await removeFolder(studio.folder)
    ;(disk as SmallDisk).remove()
  })

  test('while a picture comes in is said, nothing of it is kept, and it comes in once there is room', async () => {
    const noise = await sharp({ create: { width: 900, height: 900, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).png().toBuffer()
    const path = join(studio.folder, 'noise.png')
    await writeFile(path, noise)
    fill(400_000)
    await expect(studio.call.pictures.import({ project, paths: [path] })).rejects.toMatchObject({ code: 'disk-full' })
    expect((await studio.call.items.list({ project })).items).toEqual([])
    empty()
    expect((await studio.call.pictures.import({ project, paths: [path] })).imported).toHaveLength(1)
    await whole()
  })

  test('while pictures are made is said by the job, which makes them once there is room', async () => {
    fill(30_000)
    const { job, item } = await studio.call.pictures.ask({ project, item: null, prompt: 'red apple', count: 2, seed: 1 }).catch((error: unknown) => {
      // Already the item for them had no room.
      expect(error).toMatchObject({ code: 'disk-full' })
      return { job: null, item: null }
    })
    if (job !== null && item !== null) {
      await vi.waitFor(async () => expect((await studio.call.jobs.get({ job })).state).toBe('failed'), { timeout: 60_000 })
      expect((await studio.call.jobs.get({ job })).error).toMatchObject({ code: 'disk-full' })
    }
    empty()
    const again = job === null ? (await studio.call.pictures.ask({ project, item: null, prompt: 'red apple', count: 2, seed: 1 })).job : (await studio.call.jobs.retry({ job })).job
    await vi.waitFor(async () => expect((await studio.call.jobs.get({ job: again })).state).toBe('done'), { timeout: 60_000 })
    expect((await studio.call.jobs.get({ job: again })).results).toHaveLength(2)
    await whole()
  })

  test('while words are typed and a version is kept is said, and what was acknowledged is there', async () => {
    const { id: item } = await studio.call.items.create({ project, kind: 'text', title: 'Long' })
    const at = { project, item }
    await typeParagraphs(studio, at, ['This was acknowledged.'])
    fill(60_000)
    await expect(typeParagraphs(studio, at, sentences(20_000))).rejects.toMatchObject({ code: expect.stringMatching(/disk-full|bad-input/) })
    empty()
    const { doc } = await studio.call.texts.open({ ...at, session: 'reading-session' })
    expect(JSON.stringify(doc)).toContain('This was acknowledged.')
    await studio.call.texts.keep({ ...at, name: 'Kept' })
    await whole()
  })

  test('while files are handed over is said, and no half a file is left', async () => {
    const { items } = await studio.call.items.list({ project })
    const picture = items.find(({ kind }) => kind === 'image')!
    const one = { project, version: picture.heads[0]!, path: join(folder, 'out.png'), format: 'png' as const }
    const all = { project, path: join(folder, 'out.zip') }
    fill(100_000)
    await expect(studio.call.exchange.exportPicture(one)).rejects.toMatchObject({ code: 'disk-full' })
    await expect(studio.call.exchange.exportAll(all)).rejects.toMatchObject({ code: 'disk-full' })
    empty()
    expect(readdirSync(folder).filter((name) => name.includes('out'))).toEqual([])
    await studio.call.exchange.exportPicture(one)
    await studio.call.exchange.exportAll(all)
    expect(readdirSync(folder).filter((name) => name.startsWith('out')).sort()).toEqual(['out.png', 'out.zip'])
    await whole()
  })

  test('while a copy is saved is said, and no half a copy is left', async () => {
    fill(300_000)
    await expect(studio.call.copies.save({ project, path: join(folder, 'copy.galley') })).rejects.toMatchObject({ code: 'disk-full' })
    empty()
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([])
    await whole()
  })
})
