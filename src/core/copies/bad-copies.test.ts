import Database from 'better-sqlite3'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { typeParagraphs } from '../review/testing.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

type Failure = { code: string; data: Record<string, unknown> }
const failure = async (work: Promise<unknown>): Promise<Failure> => work.then(() => { throw new Error('it did not fail') }, (error: Failure) => error)

let ada: TestStudio
let ben: TestStudio
let project: string
let item: string
let copy: string
const file = (name: string): string => join(ada.folder, name)

/** Ada's project, and Ben's copy of it in which he wrote and commented. */
beforeAll(async () => {
  ada = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  ben = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ben' })
  ;({ handle: project } = await ada.call.projects.create({ title: 'Letters' }))
  ;({ id: item } = await ada.call.items.create({ project, kind: 'text', title: 'Letter' }))
  await typeParagraphs(ada, { project, item }, ['The tide went out.', 'The heron stayed.'])
  copy = join(ben.folder, 'copy.galley')
  await ada.call.copies.save({ project, path: copy })
  const { handle: theirs } = await ben.call.projects.open({ path: copy })
  await ben.call.review.comment({ project: theirs, item, text: 'Lovely.', anchor: { type: 'whole' } })
  await ben.call.items.create({ project: theirs, kind: 'text', title: 'Answer' })
  await ben.call.projects.close({ project: theirs })
})
afterAll(async () => {
  for (const one of [ada, ben]) {
    await one.close()
    await removeFolder(one.folder)
  }
})

/** What Ada has: nothing that is refused may change it. */
const state = async () => ({ items: (await ada.call.items.list({ project })).items.map(({ id }) => id), newest: (await ada.call.review.log({ project, limit: 1 })).map(({ hash }) => hash) })

describe('a colleague’s copy that is not what it should be', () => {
  it('is refused by name where it is cut off, no project, from a newer Galley or of a stranger, and nothing is changed', async () => {
    const before = await state()
    const bytes = readFileSync(copy)
    writeFileSync(file('cut.galley'), bytes.subarray(0, bytes.length / 2))
    writeFileSync(file('stub.galley'), bytes.subarray(0, 50))
    writeFileSync(file('words.galley'), 'Dear Ada, here is my copy.')
    writeFileSync(file('empty.galley'), '')
    copyFileSync(copy, file('newer.galley'))
    const newer = new Database(file('newer.galley'))
    newer.pragma('user_version = 99')
    newer.close()
    const { path: strange } = await ben.call.projects.create({ title: 'Something else' })
    await ben.call.projects.close({ project: (await ben.call.projects.recent()).find((one) => one.path === strange)!.open! })

    const wrong: [string, string][] = [
      [file('cut.galley'), 'project-damaged'], [file('stub.galley'), 'not-a-project'], [file('words.galley'), 'not-a-project'], [file('empty.galley'), 'not-a-project'],
      [file('newer.galley'), 'project-newer'], [strange, 'not-the-same-project'], [file('none.galley'), 'not-found'], [ada.folder, 'not-a-project'],
    ]
    for (const [path, code] of wrong) {
      expect([path, (await failure(ada.call.copies.preview({ project, path }))).code]).toEqual([path, code])
      expect([path, (await failure(ada.call.copies.merge({ project, path }))).code]).toEqual([path, code])
    }
    const { data } = await failure(ada.call.copies.preview({ project, path: file('newer.galley') }))
    expect(data).toMatchObject({ version: 99, supported: expect.any(Number) })
    expect(await state()).toEqual(before)
  })

  it('that was forged is named entry by entry before it comes in, and the rest comes in [MERGE3]', async () => {
    const forged = file('forged.galley')
    copyFileSync(copy, forged)
    const database = new Database(forged)
    // The comment says something else than its commit names.
    const rows = database.prepare('SELECT id, body, codec, size FROM facts').all() as { id: string; body: Buffer; codec: number; size: number }[]
    const { inflateRawSync } = await import('node:zlib')
    const textOf = (row: (typeof rows)[number]): string => (row.codec === 1 ? inflateRawSync(row.body) : row.body).toString('utf8')
    const comment = rows.find((row) => textOf(row).includes('Lovely.'))!
    const changed = Buffer.from(textOf(comment).replace('Lovely.', 'Dreary.'))
    database.prepare('UPDATE facts SET body = ?, codec = 0, size = ? WHERE id = ?').run(changed, changed.length, comment.id)
    database.close()
    const preview = await ada.call.copies.preview({ project, path: forged })
    expect(preview.refused.length).toBeGreaterThan(0)
    expect(preview.refused[0]!.what).not.toBe('')
    expect(preview.comments).toBe(0)
    await ada.call.copies.merge({ project, path: forged })
    expect(await ada.call.review.threads({ project, item })).toEqual([])
    await ada.call.projects.undo({ project }).catch(() => undefined)
  })

  it('whose clock runs a year ahead comes in, and what is renamed here afterwards stays renamed [REG1]', async () => {
    const ahead = file('ahead.galley')
    copyFileSync(copy, ahead)
    const year = 365 * 24 * 3600 * 1000
    vi.useFakeTimers({ now: Date.now() + year, toFake: ['Date'] })
    const { handle: theirs } = await ben.call.projects.open({ path: ahead })
    await ben.call.items.rename({ project: theirs, target: item, title: 'Renamed in a year' })
    await ben.call.projects.close({ project: theirs })
    vi.useRealTimers()
    await ada.call.copies.merge({ project, path: ahead })
    expect((await ada.call.items.get({ project, item })).title).toBe('Renamed in a year')
    await ada.call.items.rename({ project, target: item, title: 'Renamed today' })
    expect((await ada.call.items.get({ project, item })).title).toBe('Renamed today')
    const mine = (await ada.call.review.log({ project, limit: 10 })).find(({ person, label }) => person.name === 'Ada' && label === 'undo.rename')
    // A foreign clock pushes ours two minutes at most.
    expect(mine!.at - Date.now()).toBeLessThan(2 * 60_000 + 5_000)
  })

  it('with any bytes changed merges, or is refused by an error of the list, and Ada’s project stays whole', async () => {
    const bytes = readFileSync(copy)
    const known = ['project-damaged', 'not-a-project', 'project-newer', 'not-the-same-project', 'disk-full', 'no-permission']
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), async (changes) => {
      const changed = Buffer.from(bytes)
      for (const [at, value] of changes) changed[at] = value
      writeFileSync(file('changed.galley'), changed)
      await ada.call.copies.merge({ project, path: file('changed.galley') }).catch((error: Failure) => expect(known).toContain(error.code))
      expect((await ada.call.items.list({ project })).items.map(({ id }) => id)).toContain(item)
    }), { numRuns: 25 })
    await ada.call.projects.close({ project })
    const path = (await ada.call.projects.recent())[0]!.path
    expect(await ada.call.projects.check({ path, rebuild: false })).toMatchObject({ ok: true, problems: [] })
    await ada.call.projects.open({ path })
  }, 60_000)
})
