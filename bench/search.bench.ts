import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSearchIndex } from '../src/core/search/search-index.js'
import type { SearchItem } from '../src/core/search/types.js'
import { openStudioDb } from '../src/core/studio-db/index.js'
import { keptFolder, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, milliseconds, quantile, type BenchResult } from './support/measure.js'
import { nameOf, wordSource } from './support/words.js'

const WORDS = 60
const QUERIES = 200

/** Searching 100,000 items of sixty words, with frequent and rare words, several at once, beginnings and quoted parts. */
export async function run({ items = scaled(100_000), rounds = 3 } = {}): Promise<BenchResult> {
  const kept = await keptFolder(`search-${items}-${WORDS}`, (folder) => makeIndex(join(folder, 'studio.db'), items))
  const before = loadNow()
  const scratch = scratchFolder()
  copyFileSync(join(kept, 'studio.db'), scratch.path('studio.db'))
  const db = openStudioDb(scratch.path('studio.db'))
  try {
    const index = createSearchIndex(db.relaxed)
    const bare = db.relaxed.prepare<[string], unknown>('SELECT rowid FROM search_words WHERE search_words MATCH ? LIMIT 50')
    const queries = makeQueries()
    const times = Object.fromEntries(Object.keys(queries).map((kind) => [kind, [] as number[]]))
    const perRound: number[] = []
    const plain: number[] = []
    let hits = 0
    for (let round = 0; round <= rounds; round++) {
      const all: number[] = []
      for (const [kind, words] of Object.entries(queries)) {
        for (const query of words) {
          const time = await milliseconds(() => { hits += index.query('bench', query).length })
          if (round === 0) continue
          all.push(time)
          times[kind]!.push(time)
          if (kind === 'frequent word') plain.push(await milliseconds(() => bare.all(`"${query}"`)))
        }
      }
      if (round > 0) perRound.push(quantile(all, 0.95))
    }
    if (hits === 0) throw new Error('nothing was found')
    return {
      bench: 'search',
      facts: { items, words: WORDS, queries: QUERIES },
      measures: [
        measure('ninety-five of a hundred searches take at most', 'ms', perRound, '≤ 50'),
        ...Object.entries(times).map(([kind, values]) => measure(`search: ${kind}`, 'ms', values)),
        measure('the bare index, unranked and without excerpts: frequent word', 'ms', plain),
      ],
      load: [before, loadNow()],
    }
  } finally {
    db.close()
    scratch.remove()
  }
}

function makeQueries(): Record<string, readonly string[]> {
  const each = QUERIES / 5
  const list = (make: (number: number) => string): string[] => Array.from({ length: each }, (_, number) => make(number))
  return {
    'frequent word': list((number) => nameOf(number % 20)),
    'rare word': list((number) => nameOf(2000 + number * 400)),
    'two words': list((number) => `${nameOf(number)} ${nameOf(number * 7 + 30)}`),
    'beginning of a word': list((number) => nameOf(number * 11).slice(0, 3)),
    'quoted part': list((number) => `"${nameOf(number % 5)} ${nameOf((number * 3) % 7)}"`),
  }
}

async function makeIndex(path: string, count: number): Promise<void> {
  const db = openStudioDb(path)
  const words = wordSource(3)
  function* all(): Generator<SearchItem> {
    for (let number = 0; number < count; number++) {
      const item = number.toString(16).padStart(64, '0')
      yield { item, kind: 'text', title: words.sentence(4), documents: [{ document: `text ${item}`, place: 'text', body: words.sentence(WORDS) }] }
    }
  }
  await createSearchIndex(db.relaxed).index('bench', all(), { position: '1', complete: true })
  db.close()
}
