import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommentAnchor, CommentThread } from '../../contract/index.js'
import { parseDocument } from '../../document/index.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'
import { anchorsIn, sentences, typeParagraphs, writeComments } from './testing.js'

const MANY = 10_000
const folders: string[] = []
afterAll(async () => {
  for (const folder of folders.splice(0)) await removeFolder(folder)
})

async function allThreads({ call }: TestStudio, at: { project: string; item: string }): Promise<CommentThread[]> {
  const threads: CommentThread[] = []
  for (;;) {
    const page = await call.review.threads({ ...at, after: threads.length, limit: 500 })
    threads.push(...page)
    if (page.length < 500) return threads
  }
}

async function commentedText() {
  const test = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  folders.push(test.folder)
  const { handle: project } = await test.call.projects.create({ title: 'Much said' })
  const { id: item } = await test.call.items.create({ project, kind: 'text', title: 'Long' })
  const at = { project, item }
  const version = await typeParagraphs(test, at, sentences(MANY))
  const doc = parseDocument((await test.call.texts.open({ ...at, session: 'reading-session' })).doc)
  const comments = await writeComments(test, at, version, anchorsIn(doc, MANY))
  return { test, at, version, doc, comments }
}

describe(`${MANY} comments on one text`, () => {
  let text: Awaited<ReturnType<typeof commentedText>>
  beforeAll(async () => { text = await commentedText() }, 120_000)

  it('let core do other things meanwhile: its event loop turns while they are read', async () => {
    let turns = 0
    let isOver = false
    const count = (): void => {
      turns++
      if (!isOver) setImmediate(count)
    }
    count()
    await text.test.call.review.threads({ ...text.at, limit: 250 })
    isOver = true
    // How long a pause is belongs into a bench; that there are many turns before even the first page is there is promised here.
    expect(turns).toBeGreaterThan(5)
  })

  it('are counted, listed in pages and found after an edit, and the one whose words are gone is named', async () => {
    const { test, at, doc, comments } = text
    const { call } = test
    expect((await call.review.view(at)).threads).toEqual({ all: MANY, done: 0 })

    const threads = await allThreads(test, at)
    expect(threads.map(({ id }) => id)).toEqual(comments)
    expect(threads.map(({ number }) => number)).toEqual(comments.map((_, index) => index + 1))
    expect(threads.every(({ range, orphaned }) => range !== null && !orphaned)).toBe(true)

    // Something new at the beginning, the second sentence changed beside its words, the third one gone, the last changed within.
    const startOf = (index: number): number => {
      let start = 0
      for (let before = 0; before < index; before++) start += doc.child(before).nodeSize
      return start
    }
    const paragraph = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
    const replaced = (index: number, words: string | null) => ({
      step: { stepType: 'replace', from: startOf(index), to: startOf(index + 1), ...(words === null ? {} : { slice: { content: [paragraph(words)] } }) }, origin: 'typed' as const,
    })
    const lastWords = doc.child(MANY - 1).textContent
    const { number } = await call.texts.open({ ...at, session: 'reading-session' })
    await call.texts.append({
      ...at, session: 'reading-session', number,
      steps: [
        replaced(MANY - 1, lastWords.replace('boat ', 'old boat ')), replaced(2, null), replaced(1, doc.child(1).textContent.replace('the mud', 'the soft mud')),
        { step: { stepType: 'replace', from: 0, to: 0, slice: { content: [paragraph('Once.')] } }, origin: 'typed' },
      ],
    })
    const now = parseDocument((await call.texts.open({ ...at, session: 'reading-session' })).doc)
    const after = await allThreads(test, at)
    expect(after.filter(({ orphaned }) => orphaned).map((thread) => thread.number)).toEqual([3])
    const wrong = after.filter(({ range, anchor }) => range !== null && anchor.type === 'words' && now.textBetween(range.from, range.to) !== anchor.quote)
    expect(wrong).toEqual([])
  }, 120_000)

  it('are replied to, done, hidden by undo and shown again, with the numbers that follow', async () => {
    const { test, at, version, comments } = text
    const { call } = test
    await call.review.comment({ ...at, version, text: 'Yes.', anchor: { type: 'whole' }, replyTo: comments[4_999]! })
    await call.review.resolve({ project: at.project, comment: comments[9_000]!, resolved: true })
    const { comment: last } = await call.review.comment({ ...at, version, text: 'And on the whole?', anchor: { type: 'whole' } })
    expect((await call.review.view(at)).threads).toEqual({ all: MANY + 1, done: 1 })
    expect((await call.review.threads({ ...at, after: 4_999, limit: 1 }))[0]?.replies.map(({ text }) => text)).toEqual(['Yes.'])
    expect(await call.review.threads({ ...at, after: MANY, limit: 10 })).toMatchObject([{ id: last, number: MANY + 1, orphaned: false }])

    await call.projects.undo({ project: at.project })
    expect((await call.review.view(at)).threads.all).toBe(MANY)
    await call.projects.redo({ project: at.project })
    expect((await call.review.view(at)).threads.all).toBe(MANY + 1)
  }, 120_000)
})

describe(`${MANY} comments of a colleague`, () => {
  it('are counted before they come in, come in at once, can be taken back in one step, and what waits still waits [MERGE1, UNDO1]', async () => {
    const [ada, ben] = [await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' }), await testStudio({ spawn: scriptedEngine().spawn, name: 'Ben' })]
    folders.push(ada.folder, ben.folder)
    const { handle: project } = await ada.call.projects.create({ title: 'Much said' })
    const { id: item } = await ada.call.items.create({ project, kind: 'text', title: 'Long' })
    const version = await typeParagraphs(ada, { project, item }, ['The tide went out.'])
    await ada.call.review.request({ project, item, version, note: 'Please read' })
    const path = join(ada.folder, 'copy.galley')
    await ada.call.copies.save({ project, path })
    const { handle: theirs } = await ben.call.projects.open({ path })
    await writeComments(ben, { project: theirs, item }, version, Array.from({ length: MANY }, (): CommentAnchor => ({ type: 'whole' })))
    await ben.call.projects.close({ project: theirs })

    expect(await ada.call.copies.preview({ project, path })).toMatchObject({ comments: MANY, refused: [] })
    await ada.call.copies.merge({ project, path })
    expect((await ada.call.review.view({ project, item })).threads).toEqual({ all: MANY, done: 0 })
    expect(await ada.call.review.waiting({ project })).toMatchObject([{ item, version, note: 'Please read' }])
    expect((await ada.call.items.get({ project, item })).state).toBe('in-review')
    await ada.call.projects.undo({ project })
    expect((await ada.call.review.view({ project, item })).threads.all).toBe(0)
    await Promise.all([ada.close(), ben.close()])
  }, 120_000)
})

describe(`${MANY} comments on one picture`, () => {
  it('keep their regions, and the pages together are all of them', async () => {
    const test = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
    folders.push(test.folder)
    const { handle: project } = await test.call.projects.create({ title: 'Much said' })
    const { id: item } = await test.call.items.create({ project, kind: 'image', title: 'Lamp' })
    const content = 'a'.repeat(64)
    const anchors = Array.from({ length: MANY }, (_, index): CommentAnchor => ({ type: 'region', x: index % 97, y: (index * 7) % 97, width: 3, height: 3, content }))
    const version = 'b'.repeat(64)
    await writeComments(test, { project, item }, version, anchors)
    const threads = await allThreads(test, { project, item })
    expect(threads.map(({ anchor }) => anchor)).toEqual(anchors)
    expect(threads.some(({ orphaned }) => orphaned)).toBe(false)
  }, 120_000)
})
