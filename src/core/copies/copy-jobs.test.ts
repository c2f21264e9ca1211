import { copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StudioEvent } from '../../contract/index.js'
import { mergeCopy } from '../project/index.js'
import { atFirst, newestJob } from '../testing/job-watch.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let ada: TestStudio
let ben: TestStudio
let project: string
let copies: string
beforeEach(async () => {
  ada = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  ben = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ben' })
  ;({ handle: project } = await ada.call.projects.create({ title: 'Letters' }))
  copies = join(ada.folder, 'copies')
  await mkdir(copies)
})
afterEach(async () => {
  for (const one of [ada, ben]) {
    await one.close()
    await removeFolder(one.folder)
  }
})

/** A copy in which Ben made so many texts. */
async function copyWith(texts: number, name = 'Ben.galley'): Promise<string> {
  const path = join(copies, name)
  await ada.call.copies.save({ project, path })
  const { handle } = await ben.call.projects.open({ path })
  for (let number = 0; number < texts; number++) await ben.call.items.create({ project: handle, kind: 'text', title: `Text ${number}` })
  await ben.call.projects.close({ project: handle })
  return path
}
const itemsHere = async (): Promise<number> => (await ada.call.items.list({ project })).items.length
const isProgress = (event: StudioEvent): boolean => event.type === 'job.progressed'

test('[DRAFT1] saving a copy is a job; cancelled it leaves nothing, and a file that is there is never written over', async () => {
  for (let number = 0; number < 60; number++) await ada.call.items.create({ project, kind: 'text', title: `Text ${number}` })
  const path = join(copies, 'Copy.galley')
  await atFirst(ada, isProgress, () => ada.call.jobs.cancel({ job: 'copy-0001' }))
  const cancelled = await ada.call.copies.save({ project, path, job: 'copy-0001' }).then(() => null, (error: unknown) => error)
  // A copy that was whole before the cancel reached it is one.
  if (cancelled !== null) expect(await readdir(copies)).toEqual([])
  else expect(await readdir(copies)).toEqual(['Copy.galley'])
  await ada.call.copies.save({ project, path: join(copies, 'Second.galley'), job: 'copy-0002' })
  expect(await ada.call.jobs.get({ job: 'copy-0002' })).toMatchObject({ kind: 'copy', title: 'Second.galley', state: 'done', outcome: { type: 'copy', path: join(copies, 'Second.galley') } })
  await writeFile(join(copies, 'Mine.galley'), 'mine')
  await expect(ada.call.copies.save({ project, path: join(copies, 'Mine.galley') })).rejects.toMatchObject({ code: 'project-exists' })
  await expect(ada.call.copies.save({ project, path: join(copies, 'no', 'folder.galley') })).rejects.toMatchObject({ code: 'bad-target', data: { reason: 'missing' } })
  expect(await readFile(join(copies, 'Mine.galley'), 'utf8')).toBe('mine')
  expect(await ada.call.jobs.list({})).toHaveLength(2)
})

test('[MERGE1] merging is a job that says what came in, and its undo and redo are jobs, too', async () => {
  const path = await copyWith(3)
  expect(await ada.call.copies.merge({ project, path, job: 'merge-0001' })).toMatchObject({ items: 3, refused: [] })
  expect(await ada.call.jobs.get({ job: 'merge-0001' })).toMatchObject({ kind: 'merge', title: 'Ben.galley', state: 'done', outcome: { type: 'merge', items: 3, refused: 0 } })
  expect(await ada.call.projects.undo({ project })).toEqual({ undone: 'undo.merge' })
  expect([await itemsHere(), (await newestJob(ada, 'merge')).detail]).toEqual([0, 'undo-merge'])
  expect(await ada.call.projects.redo({ project })).toEqual({ redone: 'undo.merge' })
  expect([await itemsHere(), (await newestJob(ada, 'merge')).detail]).toEqual([3, 'redo-merge'])
})

test.each(['copying', 'examining', 'writing', 'showing'])('[MERGE1] cancelled while it is %s, nothing has come in, and a later merge brings all of it', async (part) => {
  const path = await copyWith(150)
  const { writer } = ada.studio.services.projects.get(project)
  const controller = new AbortController()
  const onProgress = (now: string): void => { if (now === part) controller.abort() }
  await expect(mergeCopy(writer, path, ada.studio.services.people.current(), { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' })
  expect(await itemsHere()).toBe(0)
  expect((await readdir(join(ada.folder, 'cache'))).filter((name) => name.startsWith('copy-'))).toEqual([])
  expect(await ada.call.copies.merge({ project, path })).toMatchObject({ items: 150, refused: [] })
})

test('a look at a copy tells how far it is under the name of the call, and ends when its caller goes away', async () => {
  const path = await copyWith(100)
  const events = ada.studio.services.events.subscribe()
  await ada.call.copies.preview({ project, path, call: 'preview-0001' })
  const told: StudioEvent[] = []
  ada.studio.services.events.publish({ type: 'models.changed' })
  for (let event = (await events.next()).value!.event; event.type !== 'models.changed'; event = (await events.next()).value!.event) told.push(event)
  expect(told.find((event) => event.type === 'call.progressed')).toMatchObject({ call: 'preview-0001', step: 'reading-copy' })
  const controller = new AbortController()
  controller.abort()
  await expect(ada.call.copies.preview({ project, path }, { signal: controller.signal })).rejects.toThrow()
  expect((await readdir(join(ada.folder, 'cache'))).filter((name) => name.startsWith('copy-'))).toEqual([])
})

test('a copy that is gone, cut off, no project, of a newer Galley or a stranger’s is refused by name, and stays as it is', async () => {
  const path = await copyWith(20)
  const spoiled = async (name: string, spoil: (file: string) => unknown): Promise<string> => {
    const file = join(copies, name)
    await copyFile(path, file)
    await spoil(file)
    return file
  }
  const { path: stranger, handle } = await ben.call.projects.create({ title: 'Stranger' })
  await ben.call.projects.close({ project: handle })
  const cases: [string, string][] = [
    [join(copies, 'gone.galley'), 'not-found'],
    [await spoiled('cut.galley', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))), 'project-damaged'],
    [await spoiled('words.galley', (file) => writeFile(file, 'words, and no project at all')), 'not-a-project'],
    [await spoiled('newer.galley', (file) => new Database(file).pragma('user_version = 99')), 'project-newer'],
    [stranger, 'not-the-same-project'],
  ]
  for (const [file, code] of cases) {
    const before = await readFile(file).catch(() => null)
    await expect(ada.call.copies.preview({ project, path: file })).rejects.toMatchObject({ code })
    await expect(ada.call.copies.merge({ project, path: file })).rejects.toMatchObject({ code })
    expect(await readFile(file).catch(() => null)).toEqual(before)
  }
  expect(await itemsHere()).toBe(0)
})

test('[MERGE1] on a full disk a merge fails as a whole, says so in the queue, and is done by another try', async () => {
  const path = await copyWith(150)
  const { database } = ada.studio.services.projects.get(project).writer.connection
  database.pragma(`max_page_count = ${(database.pragma('page_count', { simple: true }) as number) + 2}`)
  await expect(ada.call.copies.merge({ project, path, job: 'merge-0002' })).rejects.toMatchObject({ code: 'disk-full' })
  expect(await itemsHere()).toBe(0)
  expect(await ada.call.jobs.get({ job: 'merge-0002' })).toMatchObject({ state: 'failed', error: { code: 'disk-full' } })
  database.pragma('max_page_count = 4294967294')
  const { job } = await ada.call.jobs.retry({ job: 'merge-0002' })
  expect(await ada.studio.services.queue.whenEnded(job)).toMatchObject({ state: 'done', outcome: { items: 150 } })
  expect(await itemsHere()).toBe(150)
})
