import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { atFirst, newestJob } from '../testing/job-watch.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let studio: TestStudio
let project: string
let path: string
beforeEach(async () => {
  studio = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  ;({ handle: project, path } = await studio.call.projects.create({ title: 'Imports' }))
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

async function makeTexts(count: number, folder = ''): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => join(studio.folder, folder, `Text ${String(index).padStart(2, '0')}.md`))
  await mkdir(join(studio.folder, folder), { recursive: true })
  for (const name of names) await writeFile(name, `# ${name}\n`)
  return names
}
const titles = async (): Promise<string[]> => (await studio.call.items.list({ project })).items.map(({ title }) => title).sort()
const named = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => `Text ${String(from + index).padStart(2, '0')}`)

test('many files come in as one job, which says what became of them', async () => {
  const paths = await makeTexts(5)
  const { imported, refused, missing } = await studio.call.pictures.import({ project, paths: [...paths, join(studio.folder, 'gone.md')], job: 'import-0001' })
  expect([imported.length, refused.map(({ name, error }) => [name, error.code]), missing]).toEqual([5, [['gone.md', 'not-found']], []])
  expect(await studio.call.jobs.get({ job: 'import-0001' })).toMatchObject({
    kind: 'import', state: 'done', share: 1, outcome: { type: 'import', imported: 5, of: 6, refusals: 1, refused: [{ name: 'gone.md', error: { code: 'not-found' } }] },
  })
})

test('a cancelled import keeps what came in, names what is missing, and another try brings only that', async () => {
  const paths = await makeTexts(30)
  await atFirst(studio, (event) => event.type === 'version.created', () => studio.call.jobs.cancel({ job: 'import-0002' }))
  const { imported, missing } = await studio.call.pictures.import({ project, paths, job: 'import-0002' })
  expect(imported.length).toBeGreaterThan(0)
  expect(missing).toEqual(named(imported.length, 30).map((title) => `${title}.md`))
  expect(await titles()).toEqual(named(0, imported.length))
  expect(await studio.call.jobs.get({ job: 'import-0002' })).toMatchObject({ state: 'cancelled', outcome: { imported: imported.length, of: 30 } })
  const { job } = await studio.call.jobs.retry({ job: 'import-0002' })
  expect(await studio.studio.services.queue.whenEnded(job)).toMatchObject({ state: 'done', outcome: { imported: 30 - imported.length, of: 30 - imported.length } })
  expect(await titles()).toEqual(named(0, 30))
})

test('an import that the end of the studio interrupts goes on when the project is open again, each file once', async () => {
  const paths = await makeTexts(30)
  const closed = Promise.withResolvers<void>()
  await atFirst(studio, (event) => event.type === 'version.created', () => studio.close().then(closed.resolve, closed.reject))
  await studio.call.pictures.import({ project, paths, job: 'import-0003' }).catch(() => null)
  await closed.promise
  studio = await testStudio({ spawn: scriptedEngine().spawn, folder: studio.folder, name: 'Ada' })
  ;({ handle: project } = await studio.call.projects.open({ path }))
  expect(await studio.studio.services.queue.whenEnded('import-0003')).toMatchObject({ state: 'done', outcome: { imported: 30, of: 30 } })
  expect(await titles()).toEqual(named(0, 30))
})

test('a folder comes in with the folders in it; hidden files stay out, and an empty one is named', async () => {
  await makeTexts(2, 'Book')
  await makeTexts(1, 'Book/Part one')
  await writeFile(join(studio.folder, 'Book', '.DS_Store'), 'x')
  await mkdir(join(studio.folder, 'Empty'))
  const { imported, refused } = await studio.call.pictures.import({ project, paths: [join(studio.folder, 'Book'), join(studio.folder, 'Empty')] })
  expect([imported.length, refused.map(({ name, error }) => [name, error.code])]).toEqual([3, [['Empty', 'empty-folder']]])
  const { folders, items } = await studio.call.items.list({ project })
  const [book, part] = ['Book', 'Part one'].map((title) => folders.find((one) => one.title === title)!)
  expect([folders.length, book!.parent, part!.parent]).toEqual([2, null, book!.id])
  expect([book!.id, part!.id].map((id) => items.filter(({ folder }) => folder === id).length)).toEqual([2, 1])
  // The same folder again: it is there already.
  await studio.call.pictures.import({ project, paths: [join(studio.folder, 'Book')] })
  expect((await studio.call.items.list({ project })).folders).toHaveLength(2)
})

test('a call that is sent twice under one name does its work once', async () => {
  const paths = await makeTexts(3)
  const [one, two] = await Promise.all([1, 2].map(() => studio.call.pictures.import({ project, paths, job: 'import-0004' })))
  expect(two).toEqual(one)
  expect(await titles()).toEqual(named(0, 3))
  expect((await newestJob(studio, 'import')).id).toBe('import-0004')
})

test('a full disk ends an import with what came in, and another try brings the rest', async () => {
  const paths = await makeTexts(6)
  const large = join(studio.folder, 'Large.md')
  await writeFile(large, Array.from({ length: 3000 }, (_, index) => `Paragraph ${index}, ${Math.sin(index)}, which nothing else says.`).join('\n\n'))
  const { database } = studio.studio.services.projects.get(project).writer.connection
  database.pragma(`max_page_count = ${(database.pragma('page_count', { simple: true }) as number) + 12}`)
  await expect(studio.call.pictures.import({ project, paths: [...paths.slice(0, 3), large, ...paths.slice(3)], job: 'import-0005' })).rejects.toMatchObject({ code: 'disk-full' })
  expect(await studio.call.jobs.get({ job: 'import-0005' })).toMatchObject({ state: 'failed', error: { code: 'disk-full' }, outcome: { imported: 3, of: 7 } })
  database.pragma('max_page_count = 4294967294')
  const { job } = await studio.call.jobs.retry({ job: 'import-0005' })
  expect(await studio.studio.services.queue.whenEnded(job)).toMatchObject({ state: 'done', outcome: { imported: 4, of: 4 } })
  expect(await titles()).toEqual(['Large', ...named(0, 6)])
})
