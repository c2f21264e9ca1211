import { afterEach, describe, expect, it } from 'vitest'
import { emptyDocument, parseDocument, schema, toPlainText } from '../../document/index.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { testModel } from '../testing/test-model.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let folders: string[] = []
afterEach(async () => {
  for (const folder of folders) await removeFolder(folder)
  folders = []
})

async function begin(engine = scriptedEngine()) {
  const test = await testStudio({ spawn: engine.spawn, name: 'Ada' })
  folders.push(test.folder)
  await testModel(test)
  const project = await test.call.projects.create({ title: 'Letters' })
  const item = await test.call.items.create({ project: project.handle, kind: 'text', title: 'Editor’s letter' })
  return { engine, test, at: { project: project.handle, item: item.id }, path: project.path }
}

/** A step that types words at a position of a draft. */
const typing = (position: number, words: string) =>
  ({ step: { stepType: 'replace', from: position, to: position, slice: { content: [schema.text(words).toJSON()] } }, origin: 'typed' as const })

async function ended(test: TestStudio, job: string) {
  return test.studio.services.queue.whenEnded(job)
}

const plain = (doc: unknown) => toPlainText(parseDocument(doc))

describe('drafting', () => {
  it('[PROP1] the words of a model become a proposal and leave the text as it is', async () => {
    const { engine, test, at } = await begin()
    engine.script(['First paragraph.\n\n', 'Second paragraph.'])
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'Two paragraphs' })
    expect((await ended(test, job)).state).toBe('done')
    const draft = await test.call.texts.open({ ...at, session: 'session-1' })
    expect(draft.doc).toEqual(emptyDocument().toJSON())
    expect(draft.proposals).toHaveLength(1)
    expect(draft.proposals[0]!.pieces).toHaveLength(2)
    expect(draft.proposals[0]!.recipe).toMatchObject({ by: 'text-model', prompt: 'Two paragraphs', job })
    await test.close()
  })

  it('[PROP1] accepts one piece, rejects the other, and then makes a version with both parents’ words', async () => {
    const { engine, test, at } = await begin()
    engine.script(['First paragraph.\n\n', 'Second paragraph.'])
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'Two paragraphs' })
    await ended(test, job)
    const [proposal] = await test.call.texts.proposals(at)
    const first = await test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 1, outcome: 'accepted' }] })
    expect(first.version).toBeNull()
    const second = await test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 0, outcome: 'rejected' }] })
    expect(second.version).not.toBeNull()
    expect(plain((await test.call.items.versionText({ project: at.project, version: second.version! })).doc)).toBe('Second paragraph.')
    expect(await test.call.texts.proposals(at)).toEqual([])
    await expect(test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 0, outcome: 'accepted' }] })).rejects.toMatchObject({ code: 'already-decided' })
    await test.close()
  })

  it('keeps what is typed while a draft streams, and puts the pieces beside it', async () => {
    const { engine, test, at } = await begin()
    engine.hold()
    engine.script(['A drafted ', 'paragraph.'])
    await test.call.texts.open({ ...at, session: 'session-1' })
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'One paragraph' })
    await test.call.texts.append({ ...at, session: 'session-1', number: 0, steps: [typing(1, 'Typed words.')] })
    engine.release()
    await ended(test, job)
    const [proposal] = await test.call.texts.proposals(at)
    await test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 0, outcome: 'accepted' }] })
    const { doc, number } = await test.call.texts.open({ ...at, session: 'session-1' })
    expect(plain(doc)).toContain('Typed words.')
    expect(plain(doc)).toContain('A drafted paragraph.')
    expect(number).toBeGreaterThan(1)
    await test.close()
  })

  it('[DRAFT1] applies a step once that is sent twice, and refuses one that skips some', async () => {
    const { test, at } = await begin()
    await test.call.texts.open({ ...at, session: 'session-1' })
    const steps = [typing(1, 'Once.')]
    expect((await test.call.texts.append({ ...at, session: 'session-1', number: 0, steps })).number).toBe(1)
    expect((await test.call.texts.append({ ...at, session: 'session-1', number: 0, steps })).number).toBe(1)
    await expect(test.call.texts.append({ ...at, session: 'session-1', number: 5, steps })).rejects.toMatchObject({ code: 'stale-draft' })
    await expect(test.call.texts.append({ ...at, session: 'session-2', number: 1, steps })).rejects.toMatchObject({ code: 'text-in-use' })
    expect(plain((await test.call.texts.open({ ...at, session: 'session-1' })).doc)).toBe('Once.')
    await test.close()
  })

  it('[UNDO1] undo takes an accepted piece out again and redo puts it back', async () => {
    const { engine, test, at } = await begin()
    engine.script(['First paragraph.\n\n', 'Second paragraph.'])
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'Two paragraphs' })
    await ended(test, job)
    const [proposal] = await test.call.texts.proposals(at)
    await test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 0, outcome: 'accepted' }] })
    await test.call.projects.undo({ project: at.project })
    const undone = await test.call.texts.open({ ...at, session: 'session-1' })
    expect(plain(undone.doc)).toBe('')
    expect(undone.proposals[0]!.pieces.map((piece) => piece.outcome)).toEqual(['open', 'open'])
    await test.call.projects.redo({ project: at.project })
    const redone = await test.call.texts.open({ ...at, session: 'session-1' })
    expect(plain(redone.doc)).toBe('First paragraph.')
    expect(redone.proposals[0]!.pieces.map((piece) => piece.outcome)).toEqual(['accepted', 'open'])
    await test.close()
  })

  it('[UNDO1] undo never takes away what somebody typed into accepted words', async () => {
    const { engine, test, at } = await begin()
    engine.script(['First paragraph.\n\n', 'Second paragraph.'])
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'Two paragraphs' })
    await ended(test, job)
    const [proposal] = await test.call.texts.proposals(at)
    await test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 0, outcome: 'accepted' }] })
    const { number } = await test.call.texts.open({ ...at, session: 'session-1' })
    await test.call.texts.append({ ...at, session: 'session-1', number, steps: [typing(6, ' and best')] })
    await test.call.projects.undo({ project: at.project })
    const undone = await test.call.texts.open({ ...at, session: 'session-1' })
    expect(plain(undone.doc)).toBe('First and best paragraph.')
    expect(undone.proposals[0]!.pieces[0]).toMatchObject({ outcome: 'open', range: null })
    await test.close()
  })

  it('[DRAFT1] a text is as it was after the project was closed and opened again', async () => {
    const { engine, test, at, path } = await begin()
    engine.script(['First paragraph.\n\n', 'Second paragraph.'])
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'Two paragraphs' })
    await ended(test, job)
    const [proposal] = await test.call.texts.proposals(at)
    await test.call.texts.decide({ ...at, proposal: proposal!.id, decisions: [{ piece: 1, outcome: 'accepted' }] })
    const before = await test.call.texts.open({ ...at, session: 'session-1' })
    await test.call.projects.close({ project: at.project })
    const again = await test.call.projects.open({ path })
    const after = await test.call.texts.open({ project: again.handle, item: at.item, session: 'session-2' })
    expect(after.doc).toEqual(before.doc)
    expect(after.proposals).toEqual(before.proposals)
    expect(after.writable).toBe(true)
    await test.close()
  })

  it('an engine that ends in mid-sentence fails the job, which can be tried again', async () => {
    const { engine, test, at } = await begin()
    engine.hold()
    engine.script(['Half ', 'a ', 'sentence.'])
    const { job } = await test.call.texts.ask({ ...at, operation: 'draft', prompt: 'One' })
    await expect.poll(() => engine.prompts.length).toBe(1)
    engine.step()
    engine.kill()
    const lost = await ended(test, job)
    expect(lost).toMatchObject({ state: 'failed', error: { code: 'engine-lost' } })
    engine.release()
    const { job: again } = await test.call.jobs.retry({ job })
    expect((await ended(test, again)).state).toBe('done')
    await test.close()
  })

  it('restoring an older version makes a new one with its words', async () => {
    const { test, at } = await begin()
    await test.call.texts.open({ ...at, session: 'session-1' })
    await test.call.texts.append({ ...at, session: 'session-1', number: 0, steps: [typing(1, 'Old words.')] })
    const { version } = await test.call.texts.keep({ ...at, name: 'First' })
    await test.call.texts.append({ ...at, session: 'session-1', number: 1, steps: [typing(1, 'New and ')] })
    await test.call.items.restore({ project: at.project, version })
    const { doc } = await test.call.texts.open({ ...at, session: 'session-1' })
    expect(plain(doc)).toBe('Old words.')
    const { versions } = await test.call.items.versions({ ...at })
    expect(versions.map((one) => one.reason)).toEqual(['restored', 'source', 'named'])
    await test.close()
  })
})

describe('the draft for reading', () => {
  it('[DRAFT1] says whether it differs from what it grew from, and takes the text from nobody', async () => {
    const { test, at } = await begin()
    expect(await test.call.texts.draft(at)).toMatchObject({ base: null, differs: false })
    await test.call.texts.open({ ...at, session: 'session-1' })
    await test.call.texts.append({ ...at, session: 'session-1', number: 0, steps: [typing(1, 'The tide.')] })
    const typed = await test.call.texts.draft(at)
    expect([typed.base, typed.differs, plain(typed.doc)]).toEqual([null, true, 'The tide.'])
    const { version } = await test.call.texts.keep({ ...at, name: 'First' })
    expect(await test.call.texts.draft(at)).toMatchObject({ base: version, differs: false })
    // The session that writes still does.
    expect(await test.call.texts.append({ ...at, session: 'session-1', number: 1, steps: [typing(1, 'Again. ')] })).toMatchObject({ number: 2 })
    expect((await test.call.texts.draft(at)).differs).toBe(true)
    await test.close()
  })
})
