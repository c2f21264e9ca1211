import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { Fact } from '../src/contract/index.js'
import { factIdOf, hashOf, type Author, type ProjectWriter } from '../src/core/project/index.js'
import { paragraphs, title } from '../src/core/project/testing/fixtures.js'
import { testStudio } from '../src/core/testing/test-studio.js'
import { schemaVersion } from '../src/document/index.js'
import { scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, type BenchResult, type Measure } from './support/measure.js'
import { watch, type Cost } from './support/watch.js'
import { wordSource } from './support/words.js'

const PARAGRAPHS = 40
const WORDS = 50
const MEGABYTE = 1024 * 1024

/** Exporting everything, into an archive and into a folder: how long it takes, and for how long nothing else gets its turn. */
export async function run({ texts = scaled(1000), megabytes = scaled(300), rounds = 3 } = {}): Promise<BenchResult> {
  const scratch = scratchFolder()
  const before = loadNow()
  const one = await testStudio({ folder: scratch.path('studio'), name: 'Ada', spawn: () => Promise.reject(new Error('no engines here')) })
  try {
    const { handle: project } = await one.call.projects.create({ title: 'Measured', path: scratch.path('Measured.galley') })
    await fill(one.studio.services.projects.get(project).writer, one.studio.services.people.current(), texts, megabytes)
    const measures: Measure[] = []
    for (const [name, target] of [['an archive', scratch.path('All.zip')], ['a folder', scratch.path('All')]] as const) {
      const costs: Cost[] = []
      for (let round = 0; round < rounds; round++) {
        costs.push(await watch(() => one.call.exchange.exportAll({ project, path: target })))
        rmSync(target, { recursive: true, force: true })
      }
      measures.push(
        measure(`everything into ${name}`, 'ms', costs.map(({ ms }) => ms)), measure('the same, of the processor', 'ms', costs.map(({ cpuMs }) => cpuMs)),
        measure('longest pause in it', 'ms', costs.map(({ pauseMs }) => pauseMs)), measure('longest turn of its own', 'ms', costs.map(({ turnMs }) => turnMs), '≤ 20'), measure('longest collection of garbage in it', 'ms', costs.map(({ collectionMs }) => collectionMs)),
        measure('most memory', 'MB', costs.map(({ memory }) => memory / 1e6)),
      )
    }
    return { bench: 'export', facts: { texts, words: texts * PARAGRAPHS * WORDS, megabytes }, measures, load: [before, loadNow()] }
  } finally {
    await one.close()
    scratch.remove()
  }
}

/** Texts of two thousand words, and one file of many megabytes. */
async function fill(writer: ProjectWriter, author: Author, texts: number, megabytes: number): Promise<void> {
  const words = wordSource(5)
  const add = async (kind: 'text' | 'file', name: string, content: Extract<Fact, { kind: 'version' }>['content'], blocks: string[]): Promise<void> => {
    const item = { kind: 'item', at: Date.now(), by: author.person, nonce: name, itemKind: kind } as const
    const id = factIdOf(item)
    const version: Fact = { kind: 'version', at: Date.now(), by: author.person, item: id, parents: [], content, reason: 'named', recipe: { by: 'hand' } }
    await writer.commit({ label: 'undo.create', author, facts: [item, version], registers: [title(id, name)], blocks })
  }
  for (let number = 0; number < texts; number++) {
    const blocks = paragraphs(...Array.from({ length: PARAGRAPHS }, () => words.sentence(WORDS)))
    await add('text', `Text ${number}`, { type: 'text', schema: schemaVersion, blocks: blocks.map((block) => hashOf(block)) }, blocks)
  }
  const { hash, size } = await writer.writeBlob((function* () {
    for (let number = 0; number < megabytes; number++) yield randomBytes(MEGABYTE)
  })())
  await add('file', 'Recording', { type: 'blob', hash, size, mediaType: 'application/octet-stream' }, [])
}
