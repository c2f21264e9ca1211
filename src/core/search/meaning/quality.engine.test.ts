import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { SearchHit } from '../../../contract/index.js'
import { realSpawn } from '../../imaging/testing-engines.js'
import { removeFolder, testStudio, type TestStudio } from '../../testing/test-studio.js'

const resources = fileURLToPath(new URL('../../../../resources', import.meta.url))

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string

/** A small press's booklet: things that are near each other in subject, so that finding the right one is no accident. */
const texts = {
  'Low water': [
    'Twice a day the harbour is taken away, and nobody sees it go. You look up from a rope or a letter, and the boats have stopped answering one another. A little later they lie down, each on the side it prefers, like cattle.',
    'My grandfather kept the tide table on a nail by the door and never looked at it. He said that the printed time is the time at which low water would happen if there were no weather.',
    'There are the things that were lost and are now only out of reach: a shoe, an anchor, a kitchen chair that has stood upright since March, facing the sea.',
    'The heron comes down at half ebb, and then he catches an eel.',
  ],
  'Supper': [
    'Chop two onions finely and let them sweat in butter until they are soft. Add the rice, and then the stock, one ladle at a time.',
    'It feeds four, or two with something left over for the next day’s lunch.',
  ],
  'Accounts': [
    'Income rose by four per cent this quarter, mostly from subscriptions; paper and postage cost more than they did a year ago.',
    'The board meets on the second Tuesday. The minutes are kept by Mrs Orme.',
  ],
  'Thanks': ['We would like to thank the harbour office for the loan of the tables, and the ferryman, who never asked what we were doing.'],
}

async function write(title: string, paragraphs: readonly string[]): Promise<string> {
  const { call } = studio
  const { id: item } = await call.items.create({ project, kind: 'text', title })
  await call.texts.open({ project, item, session: 'session-1' })
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  await call.texts.append({ project, item, session: 'session-1', number: 0, steps: [{ step: { stepType: 'replace', from: 0, to: 2, slice: { content } }, origin: 'typed' }] })
  return item
}

beforeAll(async () => {
  engines = await realSpawn()
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources })
  const { call } = studio
  project = (await call.projects.create({ title: 'Booklet' })).handle
  const items = new Map<string, string>()
  for (const [title, paragraphs] of Object.entries(texts)) items.set(title, await write(title, paragraphs))
  await call.review.comment({ project, item: items.get('Thanks')!, text: 'This is far too long, can we cut it?', anchor: { type: 'whole' } })
  await call.review.comment({ project, item: items.get('Accounts')!, text: 'Are you sure of the date?', anchor: { type: 'whole' } })
  await call.items.tag({ project, item: items.get('Supper')!, tag: 'winter catalogue', on: true })
  const { job } = await call.pictures.ask({ project, item: null, title: 'Ornament', prompt: 'a crescent moon', seed: 1, count: 1 })
  await studio.studio.services.queue.whenEnded(job)
  await call.search.query({ project, words: 'moon' })
  await vi.waitFor(async () => expect(await call.search.meaning({ project })).toEqual({ state: 'ready', share: 1, waits: null }), { timeout: 60_000, interval: 200 })
})
afterAll(async () => {
  await studio.close()
  await removeFolder(studio.folder)
  await engines.remove()
})

const byMeaning = async (words: string): Promise<SearchHit[]> => (await studio.call.search.query({ project, words, by: 'meaning' })).hits
const byWords = async (words: string): Promise<SearchHit[]> => (await studio.call.search.query({ project, words })).hits
const shown = ({ title, where }: SearchHit): string => `${where}: ${title}`

describe('search by meaning with the real model', () => {
  test.each([
    ['a vessel on the shore', 'text: Low water', 'boats'],
    ['fowl hunting for fish', 'text: Low water', 'heron'],
    ['where did the furniture go', 'text: Low water', 'kitchen chair'],
    ['cooking instructions', 'text: Supper', 'onions'],
    ['financial results of the company', 'text: Accounts', 'Income rose'],
    ['who writes down what the meeting decided', 'text: Accounts', 'minutes'],
    ['gratitude for help', 'text: Thanks', 'ferryman'],
    ['make it shorter', 'comment: Thanks', 'too long'],
    ['which day is it, could that be wrong', 'comment: Accounts', 'sure of the date'],
    ['night sky', 'prompt: Ornament', 'crescent moon'],
    ['cold season brochure', 'tag: Supper', 'winter catalogue'],
  ])('“%s” finds %s, which has none of these words in it', async (words, wanted, passage) => {
    const hits = await byMeaning(words)
    expect(hits.slice(0, 2).map(shown)).toContain(wanted)
    const hit = hits.find((one) => shown(one) === wanted)!
    expect(hit.snippet).toContain(passage)
    expect(hit.byMeaning).toBe(true)
    const own = new Set(hit.snippet.toLowerCase().match(/\p{L}{4,}/gu))
    expect(words.toLowerCase().match(/\p{L}{4,}/gu)!.filter((word) => own.has(word))).toEqual([])
    expect((await byWords(words)).map(shown)).not.toContain(wanted)
  })

  test.each(['quantum chromodynamics', 'football match results', 'gluten free pizza', 'javascript array methods', 'asdfgh qwerty', 'cryptocurrency', 'divorce lawyer', 'hip hop lyrics', 'zzz'])(
    '“%s” finds nothing, because nothing is about it', async (words) => expect(await byMeaning(words)).toEqual([]))

  test('each text, comment or prompt is shown once, the nearest first', async () => {
    const hits = await byMeaning('ships and the sea')
    expect(new Set(hits.map(({ item, where }) => `${where} ${item}`)).size).toBe(hits.length)
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((one, other) => other - one))
    expect(hits.every(({ score }) => score >= 0.27 && score <= 1)).toBe(true)
  })

  test('what is written is found a few seconds later, and what is set aside no more', async () => {
    const item = await write('Stars', ['The astronomer polished the lens of her telescope and looked for the comet until dawn.'])
    await byWords('astronomer')
    await vi.waitFor(async () => expect((await byMeaning('observatory instrument')).map(shown)).toContain('text: Stars'), { timeout: 30_000, interval: 300 })
    await studio.call.items.remove({ project, target: item })
    expect((await byMeaning('observatory instrument')).map(shown)).not.toContain('text: Stars')
  })

  test('switched off nothing is found by meaning, and words are found as before', async () => {
    await studio.call.system.changeSettings({ searchByMeaning: false })
    expect(await studio.call.search.meaning({ project })).toMatchObject({ state: 'off' })
    expect(await byMeaning('a vessel on the shore')).toEqual([])
    expect(await byWords('boats')).toHaveLength(1)
    await studio.call.system.changeSettings({ searchByMeaning: true })
    expect((await byMeaning('a vessel on the shore')).map(shown)).toContain('text: Low water')
  })
})
