import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseDocument, schema, toPlainText } from '../../document/index.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
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

async function type(test: TestStudio, at: { project: string; item: string }, position: number, words: string): Promise<void> {
  const session = `session-${test.folder.slice(-6)}`
  const { number } = await test.call.texts.open({ ...at, session, take: true })
  const slice = { content: [schema.text(words).toJSON()] }
  await test.call.texts.append({ ...at, session, number, steps: [{ step: { stepType: 'replace', from: position, to: position, slice }, origin: 'typed' }] })
}

const words = async (test: TestStudio, at: { project: string; item: string }) =>
  toPlainText(parseDocument((await test.call.texts.open({ ...at, session: 'reading-session' })).doc))

/** Ada's project with one text, and Ben's copy of it in which he wrote, commented and approved. */
async function twoCopies() {
  const ada = await studioOf('Ada')
  const { handle: project } = await ada.call.projects.create({ title: 'Letters' })
  const { id: item } = await ada.call.items.create({ project, kind: 'text', title: 'Letter' })
  await type(ada, { project, item }, 1, 'The tide went out. The heron stayed.')
  await ada.call.review.request({ project, item, note: 'Please read' })
  const copy = join(ada.folder, 'copy.galley')
  await ada.call.copies.save({ project, path: copy })

  const ben = await studioOf('Ben')
  const { handle: theirs } = await ben.call.projects.open({ path: copy })
  const { heads } = await ben.call.items.get({ project: theirs, item })
  await ben.call.review.decide({ project: theirs, version: heads[0]!, decision: 'approve', notes: '' })
  await ben.call.review.comment({ project: theirs, item, text: 'Lovely.', anchor: { type: 'whole' } })
  return { ada, ben, project, theirs, item, copy, head: heads[0]! }
}

describe('two copies of a project', () => {
  it('[MERGE1] lists what would come in, and brings it in', async () => {
    const { ada, ben, project, theirs, item, copy } = await twoCopies()
    await ben.call.projects.close({ project: theirs })
    const preview = await ada.call.copies.preview({ project, path: copy })
    expect(preview).toMatchObject({ comments: 1, decisions: 1, versions: 0, secondHeads: 0, refused: [], people: [{ name: 'Ben' }], changes: [{ item, title: 'Letter', comments: 1, decisions: 1 }] })
    const merged = await ada.call.copies.merge({ project, path: copy })
    expect(merged).toMatchObject({ comments: 1, decisions: 1, refused: [] })
    expect(await ada.call.review.threads({ project, item })).toMatchObject([{ text: 'Lovely.', person: { name: 'Ben' } }])
    await ada.close()
    await ben.close()
  })

  it('a copy holds what was typed and had no version yet, and drafts themselves stay at home', async () => {
    const ada = await studioOf('Ada')
    const { handle: project } = await ada.call.projects.create({ title: 'Letters' })
    const { id: item } = await ada.call.items.create({ project, kind: 'text', title: 'Letter' })
    await type(ada, { project, item }, 1, 'Typed just now.')
    const copy = join(ada.folder, 'copy.galley')
    await ada.call.copies.save({ project, path: copy })
    const ben = await studioOf('Ben')
    const { handle: theirs } = await ben.call.projects.open({ path: copy })
    expect(await words(ben, { project: theirs, item })).toBe('Typed just now.')
    expect((await ada.call.items.get({ project, item })).heads).toHaveLength(1)
    await ada.close()
    await ben.close()
  })

  it('[MEMBER1] a colleague’s approval counts once the founder admits the colleague, and not before', async () => {
    const { ada, ben, project, theirs, item, copy } = await twoCopies()
    await ben.call.projects.close({ project: theirs })
    await ada.call.copies.merge({ project, path: copy })
    const before = await ada.call.review.view({ project, item })
    expect(before).toMatchObject({ state: 'in-review', decisions: [{ counts: false, sealed: true }] })
    const members = await ada.call.review.members({ project })
    const colleague = members.find((one) => one.person.name === 'Ben')!
    expect(colleague).toMatchObject({ founder: false, admitted: false })
    await ada.call.review.admit({ project, key: colleague.key, role: 'editor' })
    expect(await ada.call.review.view({ project, item })).toMatchObject({ state: 'approved', decisions: [{ counts: true }] })
    // Taken back: what was approved counts no more, until the colleague is admitted once more.
    await ada.call.review.dismiss({ project, key: colleague.key })
    expect(await ada.call.review.view({ project, item })).toMatchObject({ state: 'in-review', decisions: [{ counts: false, sealed: true }] })
    expect((await ada.call.review.members({ project })).find(({ key }) => key === colleague.key)).toMatchObject({ admitted: false, role: null })
    await expect(ada.call.review.dismiss({ project, key: colleague.key })).rejects.toMatchObject({ code: 'not-found' })
    await ada.call.projects.undo({ project })
    expect(await ada.call.review.view({ project, item })).toMatchObject({ state: 'approved' })
    await ada.call.projects.redo({ project })
    await ada.call.review.admit({ project, key: colleague.key, role: 'editor' })
    expect(await ada.call.review.view({ project, item })).toMatchObject({ state: 'approved', decisions: [{ counts: true }] })
    const founder = members.find((one) => one.founder)!
    await expect(ada.call.review.dismiss({ project, key: founder.key })).rejects.toMatchObject({ code: 'bad-input' })
    await ada.close()
    await ben.close()
  })

  it('[MERGE1] two heads of a text are combined by a person, with a pick where both changed the same words', async () => {
    const { ada, ben, project, theirs, item, copy } = await twoCopies()
    await type(ben, { project: theirs, item }, 19, ' In silence.')
    await ben.call.texts.keep({ project: theirs, item, name: 'Ben’s' })
    await ben.call.projects.close({ project: theirs })
    await type(ada, { project, item }, 1, 'Again. ')
    await ada.call.texts.keep({ project, item, name: 'Ada’s' })
    expect(await ada.call.copies.merge({ project, path: copy })).toMatchObject({ versions: 1, secondHeads: 1 })
    expect((await ada.call.items.get({ project, item })).heads).toHaveLength(2)
    const heads = await ada.call.copies.heads({ project, item })
    expect(heads.conflicts).toBe(0)
    expect(heads.paragraphs.flat().filter((run) => run.kind === 'one')).toHaveLength(2)
    await ada.call.copies.combine({ project, item, picks: [] })
    expect((await ada.call.items.get({ project, item })).heads).toHaveLength(1)
    expect(await words(ada, { project, item })).toBe('Again. The tide went out. In silence. The heron stayed.')
    await ada.close()
    await ben.close()
  })

  it('[UNDO1] a merge is undone in one step and can be merged again', async () => {
    const { ada, ben, project, theirs, item, copy } = await twoCopies()
    await ben.call.projects.close({ project: theirs })
    await ada.call.copies.merge({ project, path: copy })
    await ada.call.projects.undo({ project })
    expect(await ada.call.review.threads({ project, item })).toEqual([])
    expect((await ada.call.copies.preview({ project, path: copy })).setAside).toBe(true)
    await ada.call.copies.merge({ project, path: copy })
    expect(await ada.call.review.threads({ project, item })).toHaveLength(1)
    const { path } = await ada.call.projects.get({ project })
    await ada.call.projects.close({ project })
    expect(await ada.call.projects.check({ path, rebuild: false })).toMatchObject({ ok: true, problems: [] })
    expect(await ben.call.projects.check({ path: copy, rebuild: false })).toMatchObject({ ok: true, problems: [] })
    await ada.close()
    await ben.close()
  })

  it('a stranger’s project is refused by name', async () => {
    const { ada, ben, project } = await twoCopies()
    const stranger = await ben.call.projects.create({ title: 'Another' })
    await ben.call.projects.close({ project: stranger.handle })
    await expect(ada.call.copies.preview({ project, path: stranger.path })).rejects.toMatchObject({ code: 'not-the-same-project' })
    await ada.close()
    await ben.close()
  })
})

describe('three heads of a text', () => {
  /** Ada's text, and what she, Ben and Cleo each made of it, merged into her project. */
  async function threeHeads() {
    const { ada, ben, project, theirs, item, copy } = await twoCopies()
    const third = join(ada.folder, 'third.galley')
    await ada.call.copies.save({ project, path: third })
    const cleo = await studioOf('Cleo')
    const { handle: hers } = await cleo.call.projects.open({ path: third })
    await type(ben, { project: theirs, item }, 19, ' In silence.')
    await ben.call.texts.keep({ project: theirs, item, name: 'Ben’s' })
    await ben.call.projects.close({ project: theirs })
    await type(cleo, { project: hers, item }, 37, ' Nobody spoke.')
    await cleo.call.texts.keep({ project: hers, item, name: 'Cleo’s' })
    await cleo.call.projects.close({ project: hers })
    await type(ada, { project, item }, 1, 'Again. ')
    await ada.call.texts.keep({ project, item, name: 'Ada’s' })
    for (const path of [copy, third]) await ada.call.copies.merge({ project, path })
    return { ada, ben, cleo, project, item, close: async () => { for (const one of [ada, ben, cleo]) await one.close() } }
  }

  it('[MERGE1] are combined two at a time, and all three texts are in the last one', async () => {
    const { ada, project, item, close } = await threeHeads()
    const first = await ada.call.copies.heads({ project, item })
    expect(first.heads).toBe(3)
    const { version } = await ada.call.copies.combine({ project, item, picks: [], between: [first.a.version, first.b.version] })
    expect((await ada.call.items.version({ project, version })).parents).toEqual([first.a.version, first.b.version])
    const second = await ada.call.copies.heads({ project, item })
    expect(second.heads).toBe(2)
    expect([second.a.version, second.b.version]).toContain(version)
    await ada.call.copies.combine({ project, item, picks: [], between: [second.a.version, second.b.version] })
    expect((await ada.call.items.get({ project, item })).heads).toHaveLength(1)
    expect(await words(ada, { project, item })).toBe('Again. The tide went out. In silence. The heron stayed. Nobody spoke.')
    await close()
  })

  it('picks for two heads never meet two others', async () => {
    const { ada, project, item, close } = await threeHeads()
    const { a, b } = await ada.call.copies.heads({ project, item })
    const between: [string, string] = [a.version, b.version]
    await ada.call.copies.combine({ project, item, picks: [], between })
    await expect(ada.call.copies.combine({ project, item, picks: [], between })).rejects.toMatchObject({ code: 'bad-input' })
    expect((await ada.call.items.get({ project, item })).heads).toHaveLength(2)
    await close()
  })

  it('[PROP1] what is typed on a head and kept nowhere yet is read with it, so that the picks fit', async () => {
    const { ada, project, item, close } = await threeHeads()
    const { versions } = await ada.call.items.get({ project, item })
    await type(ada, { project, item }, 1, 'Once more. ')
    const heads = await ada.call.copies.heads({ project, item })
    expect((await ada.call.items.get({ project, item })).versions).toBe(versions + 1)
    expect((await ada.call.copies.heads({ project, item })).a).toEqual(heads.a)
    expect((await ada.call.items.get({ project, item })).versions).toBe(versions + 1)
    await close()
  })
})
