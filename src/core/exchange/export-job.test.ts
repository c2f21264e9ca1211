import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStudioDb } from '../studio-db/index.js'
import { notOnLinux, testUnless } from '../../testing/unless.js'
import { atFirst } from '../testing/job-watch.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'
import { stagedArchive, stagedFolder } from './staging.js'

let studio: TestStudio
let project: string
let path: string
let out: string
beforeEach(async () => {
  studio = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  ;({ handle: project, path } = await studio.call.projects.create({ title: 'Exports' }))
  out = join(studio.folder, 'out')
  await mkdir(out)
})
afterEach(async () => {
  await studio.close()
  await removeFolder(studio.folder)
})

async function bringTexts(count: number): Promise<void> {
  const paths = Array.from({ length: count }, (_, index) => join(studio.folder, `Text ${index}.md`))
  for (const [index, file] of paths.entries()) await writeFile(file, `Words of text ${index}.\n`)
  await studio.call.pictures.import({ project, paths })
}

test('an export is a job that says where it went', async () => {
  await bringTexts(3)
  const { files } = await studio.call.exchange.exportAll({ project, path: join(out, 'All.zip'), job: 'export-0001' })
  expect(files).toHaveLength(3)
  expect(await studio.call.jobs.get({ job: 'export-0001' })).toMatchObject({
    kind: 'export', title: 'All.zip', detail: 'export-everything', state: 'done', outcome: { type: 'export', path: join(out, 'All.zip'), files: 3 },
  })
  await studio.call.exchange.exportMarkdown({ project, folder: join(out, 'texts'), job: 'export-0002' })
  expect(await readFile(join(out, 'texts', 'Text 0.md'), 'utf8')).toBe('Words of text 0.\n')
  expect(await readdir(join(out, 'texts'))).toHaveLength(3)
})

test.each(['All.zip', 'Folder'])('cancelled, an export into %s leaves nothing behind, and can be tried again', async (name) => {
  await bringTexts(40)
  await atFirst(studio, (event) => event.type === 'job.progressed', () => studio.call.jobs.cancel({ job: 'export-0003' }))
  await expect(studio.call.exchange.exportAll({ project, path: join(out, name), job: 'export-0003' })).rejects.toMatchObject({ code: 'cancelled' })
  expect(await readdir(out)).toEqual([])
  expect(await studio.call.jobs.get({ job: 'export-0003' })).toMatchObject({ state: 'cancelled' })
  const { job } = await studio.call.jobs.retry({ job: 'export-0003' })
  expect(await studio.studio.services.queue.whenEnded(job)).toMatchObject({ state: 'done', outcome: { files: 40 } })
  expect(await readdir(out)).toEqual([name])
})

test('what cannot be written there is said at once, and no job is made of it', async () => {
  await writeFile(join(out, 'file'), 'mine')
  const refusals: [string, string, string][] = [
    [out.concat('/x/../file'), 'bad-target', 'file'], [join(out, 'file', 'deeper'), 'bad-target', 'file'], [join(out, 'Other.galley'), 'bad-target', 'project'], [path, 'bad-target', 'project'],
  ]
  for (const [target, code, reason] of refusals) await expect(studio.call.exchange.exportAll({ project, path: target })).rejects.toMatchObject({ code, data: { reason } })
  await mkdir(join(out, 'folder.zip'))
  await expect(studio.call.exchange.exportAll({ project, path: join(out, 'folder.zip') })).rejects.toMatchObject({ code: 'bad-target', data: { reason: 'folder' } })
  expect(await studio.call.jobs.list({})).toEqual([])
  expect(await readFile(join(out, 'file'), 'utf8')).toBe('mine')
})

testUnless(notOnLinux)('a place where nobody may write fails with its name', async () => {
  await expect(studio.call.exchange.exportAll({ project, path: '/sys/galley' })).rejects.toMatchObject({ code: 'no-permission', data: { path: expect.stringContaining('/sys') } })
})

test('an export that a crash interrupted says so after the restart, and what it left is taken away', async () => {
  await bringTexts(2)
  await studio.close()
  const target = join(out, 'Folder')
  const db = openStudioDb(join(studio.folder, 'user', 'studio.db'))
  for (const [id, to] of [['export-0004', target], ['export-0005', join(out, 'All.zip')]] as const) {
    const params = { type: 'everything', path: to, items: null, pictures: 'as-they-are', prompts: false }
    db.jobs.insert({ id, kind: 'export', title: 'Folder', detail: 'export-everything', projectPath: path, item: null, params, wanted: 1, createdAt: 1, retryOf: null })
    // A process of this number never lives.
    db.jobs.claim(id, '999999999:gone', 1, 1)
  }
  db.close()
  await mkdir(stagedFolder(target, 'export-0004'), { recursive: true })
  await writeFile(join(stagedFolder(target, 'export-0004'), '0'), 'half')
  await writeFile(stagedArchive(join(out, 'All.zip'), 'export-0005'), 'half')
  studio = await testStudio({ spawn: scriptedEngine().spawn, folder: studio.folder, name: 'Ada' })
  ;({ handle: project } = await studio.call.projects.open({ path }))
  expect(await studio.call.jobs.get({ job: 'export-0004' })).toMatchObject({ state: 'interrupted' })
  const { job } = await studio.call.jobs.retry({ job: 'export-0004' })
  expect(await studio.studio.services.queue.whenEnded(job)).toMatchObject({ state: 'done', outcome: { files: 2 } })
  expect((await readdir(out)).sort()).toEqual(['Folder'])
  expect((await readdir(target)).sort()).toEqual(['manifest.json', 'texts'])
})

test('[STATE1] of pictures beside each other only the one that the review is about is exported as approved', async () => {
  const { writer } = studio.studio.services.projects.get(project)
  const author = studio.studio.services.people.current()
  const item = await studio.call.items.create({ project, kind: 'image', title: 'Siblings' })
  const versions: string[] = []
  for (const bytes of ['one', 'two']) {
    const { hash, size } = await writer.writeBlob([Buffer.from(bytes)])
    const { facts } = await writer.commit({
      label: 'undo.generate', author,
      facts: [{ kind: 'version', at: Date.now(), by: author.person, item: item.id, parents: [], content: { type: 'blob', hash, size, mediaType: 'image/png' }, reason: 'imported', recipe: { by: 'hand' } }],
    })
    versions.push(facts[0]!)
  }
  await studio.call.review.decide({ project, version: versions[0]!, decision: 'approve' })
  await studio.call.exchange.exportAll({ project, path: join(out, 'Folder') })
  const manifest = JSON.parse(await readFile(join(out, 'Folder', 'manifest.json'), 'utf8')) as { files: { version: { id: string; approved: boolean } }[] }
  expect(new Map(manifest.files.map(({ version }) => [version.id, version.approved]))).toEqual(new Map([[versions[0], true], [versions[1], false]]))
  expect(writer.factsAll('export').at(-1)!.fact.approved).toEqual([versions[0]])
})
