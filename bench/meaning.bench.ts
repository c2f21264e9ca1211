import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createEngines } from '../src/core/engines/index.js'
import { spawnForked } from '../src/core/entry/spawn-forked.js'
import { createNearest } from '../src/core/search/meaning/nearest.js'
import { passagesOfDocument } from '../src/core/search/meaning/passages.js'
import { createMeaningStore } from '../src/core/search/meaning/store.js'
import { packVector, width } from '../src/core/search/meaning/vector.js'
import { createSearchIndex } from '../src/core/search/search-index.js'
import type { SearchItem } from '../src/core/search/types.js'
import { openStudioDb } from '../src/core/studio-db/index.js'
import { keptFolder, root, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, milliseconds, quantile, type BenchResult } from './support/measure.js'
import { nameOf, wordSource } from './support/words.js'

const WORDS = 50
const QUERIES = 60
const READ = 96
const starter = join(root, 'resources/models/starter')
const mebibytes = (bytes: number): number => bytes / 1024 / 1024

/** Searching 100,000 passages by meaning: finding the nearest, with and without reading the query, and what reading takes. */
export async function run({ passages = scaled(100_000), rounds = 3 } = {}): Promise<BenchResult> {
  const kept = await keptFolder(`meaning-${passages}-${WORDS}`, (folder) => makePassages(join(folder, 'studio.db'), passages))
  const before = loadNow()
  const scratch = scratchFolder()
  copyFileSync(join(kept, 'studio.db'), scratch.path('studio.db'))
  const db = openStudioDb(scratch.path('studio.db'))
  const nearest = createNearest(db.path)
  const engines = createEngines({ spawn: spawnForked(join(root, 'out/engine')) })
  try {
    const store = createMeaningStore(db.relaxed)
    const project = store.projectNumber('bench')!
    const random = wordSource(17).random
    const find = async (vector: readonly number[]) => (await nearest.find(project, packVector(vector), { floor: 0.05, most: 50 })).map(({ passage }) => store.passage(passage)!)
    globalThis.gc?.()
    const small = process.memoryUsage.rss()
    const first = await milliseconds(() => find(vectorOf(random)))
    globalThis.gc?.()
    const held = process.memoryUsage.rss() - small
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const finding: number[] = []
    const processor: number[] = []
    let found = 0
    for (let round = 0; round < rounds; round++) {
      delay.enable()
      const started = process.cpuUsage()
      const times: number[] = []
      for (let query = 0; query < QUERIES; query++) times.push(await milliseconds(async () => { found += (await find(vectorOf(random))).length }))
      delay.disable()
      const { user, system } = process.cpuUsage(started)
      processor.push((user + system) / 1000 / QUERIES)
      finding.push(quantile(times, 0.95))
    }
    if (found === 0) throw new Error('nothing was found')
    const read = existsSync(join(root, 'out/engine/image.mjs')) ? await readWith(engines, find, rounds) : null
    return {
      bench: 'meaning',
      facts: { passages, words: WORDS, numbers: width },
      measures: [
        measure('ninety-five of a hundred comparisons take at most', 'ms', finding, '≤ 50'),
        measure('processor time of one comparison, with fetching what was found', 'ms', processor),
        ...(read ? [measure('the same, with reading the query', 'ms', read.whole, '≤ 50'), measure('reading one passage of fifty words', 'ms', read.passage)] : []),
        measure('the first search, which fetches the vectors', 'ms', [first]),
        measure('memory that the vectors take', 'MiB', [mebibytes(held)]),
        measure('event loop delay of core meanwhile, p99', 'ms', [delay.percentile(99) / 1e6 - 1], '≤ 20'),
      ],
      load: [before, loadNow()],
    }
  } finally {
    await nearest.close()
    await engines.close()
    db.close()
    scratch.remove()
  }
}

/** A direction that is as likely as any other. */
function vectorOf(random: () => number): number[] {
  const numbers = Array.from({ length: width }, () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random()))
  const size = Math.hypot(...numbers)
  return numbers.map((value) => value / size)
}

/** With the engine as it was built, in a process of its own. */
async function readWith(engines: ReturnType<typeof createEngines>, find: (vector: readonly number[]) => Promise<unknown>, rounds: number): Promise<{ whole: number[]; passage: number[] }> {
  const words = wordSource(23)
  const embed = async (texts: string[]): Promise<number[][]> => (await engines.call('image', 'embed', { path: starter, texts }, { background: true })).vectors
  await embed(['warm'])
  const [whole, passage]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const times: number[] = []
    for (let query = 0; query < QUERIES; query++) {
      times.push(await milliseconds(async () => find((await embed([`${nameOf(query)} ${nameOf(round)} on the water`]))[0]!)))
    }
    whole.push(quantile(times, 0.95))
    const texts = Array.from({ length: READ }, () => words.sentence(WORDS))
    passage.push((await milliseconds(async () => { for (let at = 0; at < READ; at += 8) await embed(texts.slice(at, at + 8)) })) / READ)
  }
  return { whole, passage }
}

async function makePassages(path: string, count: number): Promise<void> {
  const db = openStudioDb(path)
  const store = createMeaningStore(db.relaxed)
  const words = wordSource(5)
  function* all(): Generator<SearchItem> {
    for (let number = 0; number < count; number++) {
      const item = number.toString(16).padStart(64, '0')
      yield { item, kind: 'image', title: '', documents: [{ document: `prompt ${item}`, place: 'prompt', body: words.sentence(WORDS) }] }
    }
  }
  await createSearchIndex(db.relaxed).index('bench', all(), { position: '1', complete: true })
  for (let documents = store.unread('bench', 400_000); documents.length > 0; documents = store.unread('bench', 400_000)) {
    const cut = documents.map((document) => ({ id: document.id, passages: passagesOfDocument(document) }))
    store.keepVectors(cut.flatMap((one) => one.passages).map(({ text }) => ({ text, vector: packVector(vectorOf(words.random)) })))
    store.finish(cut)
  }
  db.close()
}
