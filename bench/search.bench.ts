import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSearchIndex, type SearchItem } from '../src/core/search/index.js'
import { openStudioDb } from '../src/core/studio-db/index.js'

export interface Figure {
  readonly name: string
  readonly unit: string
  readonly median: number
  readonly low: number
  readonly high: number
  readonly goal?: string
}

const ITEMS = 100_000
const WORDS_EACH = 80
const VOCABULARY = 20_000
const QUERIES = 100

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function figure(name: string, unit: string, values: readonly number[], goal?: string): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return { name, unit, median: at(0.5), low: at(0.05), high: at(0.95), ...(goal === undefined ? {} : { goal }) }
}

/** Indexing and searching a hundred thousand items whose words are as unevenly common as in a language. `high` is the 95th percentile. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'galley-bench-'))
  const db = openStudioDb(join(folder, 'studio.db'))
  const index = createSearchIndex(db.relaxed)
  const random = randomNumbers(1)
  const wordAt = (rank: number): string => `w${rank.toString(36)}${'abcdefg'.slice(rank % 7)}`
  const word = (): string => wordAt(Math.floor(VOCABULARY ** random()))
  function* items(): Generator<SearchItem> {
    for (let n = 0; n < ITEMS; n++) {
      const body = Array.from({ length: WORDS_EACH }, word).join(' ')
      yield { item: n.toString(16).padStart(64, '0'), kind: 'text', title: `${word()} ${word()}`, documents: [{ document: `text ${n}`, place: 'text', body }] }
    }
  }
  const gaps: number[] = []
  let last = performance.now()
  const beat = setInterval(() => {
    const now = performance.now()
    gaps.push(now - last)
    last = now
  }, 0)
  try {
    const start = performance.now()
    await index.index('bench', items(), { position: '1' })
    const indexed = performance.now() - start
    clearInterval(beat)
    const ask = (query: () => string): number[] => Array.from({ length: QUERIES }, () => {
      const words = query()
      const begun = performance.now()
      index.query('bench', words)
      return performance.now() - begun
    })
    const goal = '95th percentile ≤ 50 ms'
    return [
      figure(`indexing ${ITEMS} items`, 's', [indexed / 1000]),
      figure('gap in the event loop while indexing', 'ms', gaps, '≤ 20 ms'),
      figure('search for one of the five commonest words', 'ms', ask(() => wordAt(1 + Math.floor(random() * 5))), goal),
      figure('search for a rare word', 'ms', ask(() => wordAt(15_000 + Math.floor(random() * 5000))), goal),
      figure('search for two words', 'ms', ask(() => `${word()} ${word()}`), goal),
      figure('search for three words', 'ms', ask(() => `${word()} ${word()} ${word()}`), goal),
      figure('search for the beginning of a word', 'ms', ask(() => word().slice(0, 2)), goal),
    ]
  } finally {
    clearInterval(beat)
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
