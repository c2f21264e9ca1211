import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeAnchor, parseDocument, schema } from '../../document/index.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { testImageModel } from '../testing/test-model.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await removeFolder(folder)
})

async function studioOf(name: string): Promise<TestStudio> {
  const test = await testStudio({ spawn: scriptedEngine().spawn, name })
  folders.push(test.folder)
  return test
}

async function textOf(test: TestStudio) {
  const { handle: project } = await test.call.projects.create({ title: 'Letters' })
  const { id: item } = await test.call.items.create({ project, kind: 'text', title: 'Letter' })
  const at = { project, item }
  let number = (await test.call.texts.open({ ...at, session: 'session-one' })).number
  async function type(position: number, words: string): Promise<void> {
    const slice = { content: [schema.text(words).toJSON()] }
    const step = { stepType: 'replace', from: position, to: position, slice }
    ;({ number } = await test.call.texts.append({ ...at, session: 'session-one', number, steps: [{ step, origin: 'typed' }] }))
  }
  await type(1, 'The tide went out. The heron stayed.')
  return { ...at, type }
}

describe('[STATE1] the state of a text', () => {
  it('follows from requests and decisions, with the reason for it', async () => {
    const test = await studioOf('Ada')
    const { call } = test
    const { project, item, type } = await textOf(test)
    const state = async () => {
      const view = await call.review.view({ project, item })
      return [view.state, ...view.reasons.map(({ id }) => id)]
    }
    expect(await state()).toEqual(['draft', 'reason.no-version'])

    const { version } = await call.review.request({ project, item, note: 'Please read' })
    expect(await state()).toEqual(['in-review', 'reason.requested'])
    expect(await call.review.waiting({ project })).toMatchObject([{ item, version, note: 'Please read' }])

    await call.review.decide({ project, version, decision: 'approve' })
    expect(await state()).toEqual(['approved', 'reason.approve', 'reason.requested'])
    expect(await call.review.waiting({ project })).toEqual([])

    await call.review.decide({ project, version, decision: 'changes', notes: 'The heron left.' })
    expect(await state()).toEqual(['changes-asked', 'reason.changes', 'reason.requested'])
    const { decisions } = await call.review.view({ project, item })
    expect(decisions.map(({ decision, standing, sealed, counts }) => [decision, standing, sealed, counts])).toEqual([
      ['approve', false, true, true],
      ['changes', true, true, true],
    ])

    await type(1, 'Once: ')
    await call.texts.keep({ project, item, name: 'Next' })
    expect(await state()).toEqual(['draft', 'reason.not-requested'])
  })

  it('keeps a comment on its words while the draft goes on, and says when they are gone', async () => {
    const test = await studioOf('Ada')
    const { project, item, type } = await textOf(test)
    const { doc } = await test.call.texts.open({ project, item, session: 'reading-session' })
    const anchor = makeAnchor(parseDocument(doc), 20, 29)
    const { version } = await test.call.review.comment({ project, item, text: 'Which one?', anchor })
    await type(1, 'Once upon a time. ')
    expect(await test.call.review.threads({ project, item })).toMatchObject([{ version, number: 1, range: { from: 38, to: 47 }, orphaned: false }])
  })

  it('refuses to send a version of another item to review', async () => {
    const test = await studioOf('Ada')
    const { project, item } = await textOf(test)
    const { id: other } = await test.call.items.create({ project, kind: 'text', title: 'Another' })
    const { version } = await test.call.texts.keep({ project, item })
    await expect(test.call.review.request({ project, item: other, version })).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('the audit log', () => {
  it('comes in pages from either end, which together are every entry once', async () => {
    const test = await studioOf('Ada')
    const { handle: project } = await test.call.projects.create({ title: 'Log' })
    for (let count = 0; count < 30; count++) await test.call.items.create({ project, kind: 'text', title: `Text ${count}` })
    const all = await test.call.review.log({ project, limit: 500 })
    expect(all.map(({ position }) => position)).toEqual(Array.from({ length: all.length }, (_, index) => all.length - index))
    const pages: typeof all = []
    for (let before: number | undefined = undefined; before !== 1; before = pages.at(-1)!.position) {
      pages.push(...(await test.call.review.log({ project, limit: 7, ...(before === undefined ? {} : { before }) })))
    }
    expect(pages).toEqual(all)
    expect(await test.call.review.log({ project, limit: 7, before: 1 })).toEqual([])
  })
})

describe('the version of a picture that its review is about', () => {
  async function pictures(count: number) {
    const test = await studioOf('Ada')
    await testImageModel(test)
    const { handle: project } = await test.call.projects.create({ title: 'Pictures' })
    const { job, item } = await test.call.pictures.ask({ project, item: null, prompt: 'A lamp', count, seed: 1 })
    await vi.waitFor(async () => expect((await test.call.jobs.get({ job })).state).toBe('done'), { timeout: 10_000 })
    const { heads } = await test.call.items.get({ project, item })
    const leading = async () => (await test.call.review.view({ project, item })).head
    return { call: test.call, project, item, heads, leading }
  }

  it('is the newest of those that were made beside each other, or the newest that was kept', async () => {
    const { call, project, heads, leading } = await pictures(3)
    expect(heads).toHaveLength(3)
    expect(await leading()).toBe(heads[2])
    await call.pictures.discard({ project, versions: [heads[2]!] })
    expect(await leading()).toBe(heads[1])
    await call.pictures.keep({ project, versions: [heads[0]!] })
    expect(await leading()).toBe(heads[0])
  })

  it('is the one that was sent to review or decided on last, so that a picture among many is approved', async () => {
    const { call, project, item, heads, leading } = await pictures(3)
    await call.review.request({ project, item, version: heads[0]! })
    expect(await leading()).toBe(heads[0])
    expect((await call.review.waiting({ project })).map(({ version }) => version)).toEqual([heads[0]])
    await call.review.decide({ project, version: heads[1]!, decision: 'approve' })
    expect(await leading()).toBe(heads[1])
    const { state, picture } = await call.items.get({ project, item })
    expect(state).toBe('approved')
    const { content } = await call.items.version({ project, version: heads[1]! })
    expect(content).toMatchObject({ hash: picture })
  })
})
