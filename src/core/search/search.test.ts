import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStudioDb, type StudioDb } from '../studio-db/index.js'
import { createSearchIndex } from './search-index.js'
import type { SearchIndex, SearchItem } from './types.js'

let folder: string
let db: StudioDb
let index: SearchIndex
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-search-'))
  db = openStudioDb(join(folder, 'studio.db'))
  index = createSearchIndex(db.relaxed)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const itemOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)
const text = (name: string, title: string, body: string, ...comments: string[]): SearchItem => ({
  item: itemOf(name), kind: 'text', title,
  documents: [
    { document: `text ${name}`, place: 'text', body },
    ...comments.map((comment, n) => ({ document: `comment ${name} ${n}`, place: 'comment' as const, body: comment })),
  ],
})
const gone = (name: string): SearchItem => ({ item: itemOf(name), kind: 'text', title: '', documents: [] })
const found = (words: string, project = 'p'): string[] => index.query(project, words).map((hit) => hit.title)

test('a text is found by its words, its title, and by words of both together', async () => {
  await index.index('p', [text('a', 'Harbour', 'Boats lie in the morning light.'), text('b', 'Meadow', 'Cows lie in the light.')], { position: '1' })
  expect(found('boats')).toEqual(['Harbour'])
  expect(found('harbour')).toEqual(['Harbour'])
  expect(found('harbour morning')).toEqual(['Harbour'])
  expect(found('light').sort()).toEqual(['Harbour', 'Meadow'])
  expect(found('boats cows')).toEqual([])
})

test('where the words are is said, and a title counts for more than a body', async () => {
  await index.index('p', [text('a', 'Notes', 'All about boats and boats.'), text('b', 'Boats', 'Nothing else.', 'More boats please')], { position: '1' })
  const hits = index.query('p', 'boats')
  expect(hits.map((hit) => [hit.title, hit.where])).toEqual([['Boats', 'title'], expect.anything(), expect.anything()])
  expect(hits.map((hit) => hit.where).sort()).toEqual(['comment', 'text', 'title'])
})

test('matches are marked in words from around them', async () => {
  const body = `${'Far away words. '.repeat(40)}The crème brûlée was “burnt” again. ${'And so on. '.repeat(40)}`
  await index.index('p', [text('a', 'Dinner', body)], { position: '1' })
  const [hit] = index.query('p', 'creme brul')
  expect(hit!.snippet).toContain('The \u2068crème\u2069 \u2068brûlée\u2069 was')
  expect(hit!.snippet.length).toBeLessThan(320)
  expect(hit!.snippet).toMatch(/^….*…$/)
})

test('the last word may be a beginning, a quoted part is taken as it stands', async () => {
  await index.index('p', [text('a', 'One', 'the quick brown fox'), text('b', 'Two', 'the brown quick fox')], { position: '1' })
  expect(found('qui').length).toBe(2)
  expect(found('qui fox')).toEqual([])
  expect(found('"quick brown"')).toEqual(['One'])
  expect(found('“brown quick” fo')).toEqual(['Two'])
})

test('text without spaces between words is found by parts of it', async () => {
  await index.index('p', [text('a', '港', '船が朝の光の中に浮かんでいる。'), text('b', '牧場', '牛が光の中にいる。')], { position: '1' })
  expect(found('朝の光')).toEqual(['港'])
  expect(found('光の中').length).toBe(2)
  expect(found('港')).toEqual(['港'])
  expect(index.query('p', '朝の光')[0]!.snippet).toBe('船が\u2068朝の光\u2069の中に浮かんでいる。')
})

test('projects do not see each other, and one can be forgotten', async () => {
  await index.index('p', [text('a', 'Mine', 'boats')], { position: '1' })
  await index.index('q', [text('a', 'Theirs', 'boats')], { position: '7' })
  expect(found('boats')).toEqual(['Mine'])
  expect(found('boats', 'q')).toEqual(['Theirs'])
  expect(found('project1', 'q')).toEqual([])
  index.forget('p')
  expect(found('boats')).toEqual([])
  expect([index.position('p'), index.position('q')]).toEqual([null, '7'])
  expect(found('boats', 'q')).toEqual(['Theirs'])
})

test('an item that is indexed again is replaced, and one that is gone is found no more', async () => {
  await index.index('p', [text('a', 'One', 'boats'), text('b', 'Two', 'boats')], { position: '1' })
  await index.index('p', [text('a', 'One', 'cows'), gone('b')], { position: '2' })
  expect(found('boats')).toEqual([])
  expect(found('cows')).toEqual(['One'])
  expect(index.position('p')).toBe('2')
})

test('when all items are given, those that were not are found no more', async () => {
  await index.index('p', Array.from({ length: 120 }, (_, n) => text(`n${n}`, `N${n}`, 'boats', 'a remark')), { position: '1' })
  await index.index('p', [text('n3', 'N3', 'boats', 'a remark'), text('new', 'New', 'boats')], { position: '2', complete: true })
  expect(found('boats').sort()).toEqual(['N3', 'New'])
  expect(found('remark')).toEqual(['N3'])
})

test('a comment that is hidden and a title that changed are no longer found', async () => {
  await index.index('p', [text('a', 'Old', 'body', 'boats')], { position: '1' })
  await index.index('p', [text('a', 'New', 'body')], { position: '2' })
  expect([found('boats'), found('old'), found('new')]).toEqual([[], [], ['New']])
})

test('an index that was stopped midway keeps its old position', async () => {
  await index.index('p', [text('a', 'One', 'boats')], { position: '1' })
  const controller = new AbortController()
  function* documents(): Generator<SearchItem> {
    for (let n = 0; n < 500; n++) {
      if (n === 200) controller.abort()
      yield text(`n${n}`, `N${n}`, 'many words')
    }
  }
  await expect(index.index('p', documents(), { position: '2', signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' })
  expect(index.position('p')).toBe('1')
  await index.index('p', Array.from({ length: 500 }, (_, n) => text(`n${n}`, `N${n}`, 'many words')), { position: '2' })
  expect(index.query('p', 'many', { limit: 1000 }).length).toBe(500)
})

test('a damaged index is begun anew, asks for everything again and harms nothing else', async () => {
  db.recents.add({ path: '/a', title: 'A', openedAt: 1 })
  await index.index('p', Array.from({ length: 300 }, (_, n) => text(`n${n}`, `N${n}`, `word${n} boats`)), { position: '1' })
  db.relaxed.unsafeMode(true)
  db.relaxed.prepare(`UPDATE search_words_data SET block = X'0102030405' WHERE id > 10`).run()
  db.relaxed.unsafeMode(false)
  expect(found('boats')).toEqual([])
  expect(index.position('p')).toBeNull()
  await index.index('p', [text('a', 'One', 'boats')], { position: '1' })
  expect(found('boats')).toEqual(['One'])
  expect(db.recents.list().length).toBe(1)
})

test('the same words said many times about one item are one hit for each place', async () => {
  await index.index('p', [text('a', 'One', 'boats', ...Array.from({ length: 20 }, (_, n) => `boats ${n}`))], { position: '1' })
  expect(index.query('p', 'boats').map((hit) => hit.where).sort()).toEqual(['comment', 'text'])
})

test('nothing that a person types is an error', async () => {
  await index.index('p', [text('a', 'One', 'some words AND others NOT near "these" (or) those')], { position: '1' })
  for (const words of ['', '"', '""', 'AND', 'a OR', 'NEAR(', '*', 'title:', '-', 'x^2', '{scope}', "'; DROP TABLE jobs", '\u0000', '\ud800']) index.query('p', words)
  expect(found('AND others')).toEqual(['One'])
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (words) => void index.query('p', words)), { numRuns: 300 })
})

test('any word of any text is found and marked, with or without its accents and capitals', async () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcÄéñßЖяλΣ7港あ'), minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 30 }), fc.nat(), async (list, at) => {
      await index.index('p', [text('a', 'x', list.join(', '))], { position: '1' })
      const wanted = list[at % list.length]!
      for (const typed of [wanted, wanted.toLowerCase(), wanted.replace('Ä', 'A').replace('é', 'e')]) {
        const [hit] = index.query('p', `"${typed}"`)
        expect(hit?.snippet).toMatch(/\u2068.+\u2069/)
      }
    }),
    { numRuns: 150 },
  )
})
