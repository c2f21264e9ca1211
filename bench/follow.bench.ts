import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact, FactId } from '../src/contract/index.js'
import { createProject, factIdOf, openProject, type OpenProject } from '../src/core/project/index.js'
import { addText, makeAuthor, makeMemory, paragraphs, textVersion, title } from '../src/core/project/testing/fixtures.js'
import type { Author } from '../src/core/project/types.js'
import { followProject } from '../src/core/search/follow-project.js'
import { createSearchIndex } from '../src/core/search/search-index.js'
import { openStudioDb } from '../src/core/studio-db/index.js'
import { keptFolder, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, type BenchResult } from './support/measure.js'
import { watch, type Cost } from './support/watch.js'
import { wordSource } from './support/words.js'

const PER_COMMIT = 500

/** Keeping the search index in step with a text that has 100,000 versions and 10,000 comments: from nothing, after one more of each, after a new title. */
export async function run({ versions = scaled(100_000), comments = scaled(10_000), rounds = 3 } = {}): Promise<BenchResult> {
  const kept = await keptFolder(`follow-${versions}-${comments}`, (folder) => makeProject(join(folder, 'much.galley'), versions, comments))
  const before = loadNow()
  const scratch = scratchFolder()
  copyFileSync(join(kept, 'much.galley'), scratch.path('much.galley'))
  const author = makeAuthor('Ada')
  const project = await openProject(scratch.path('much.galley'), { author, memory: makeMemory(), cacheDir: scratch.path('cache') })
  const db = openStudioDb(scratch.path('studio.db'))
  try {
    const index = createSearchIndex(db.relaxed)
    const follow = (also: FactId[] = []): Promise<Cost> => watch(() => followProject(index, 'key', project, { also }))
    const { id: item, heads: [head] } = project.items()[0]!
    const costs: Record<string, Cost[]> = { 'from nothing': [], 'one comment': [], 'one version': [], 'typing': [], 'a new title': [] }
    for (let round = 0; round < rounds; round++) {
      index.forget('key')
      costs['from nothing']!.push(await follow())
      await project.commit({ label: 'undo.comment', author, facts: [comment(author, item, head!, `Another remark ${round}`)] })
      costs['one comment']!.push(await follow([item]))
      const own = paragraphs(`Newer words ${round}`)
      await project.commit({ label: 'undo.keep', author, facts: [textVersion(author, item, own, [project.item(item)!.heads[0]!], round)], blocks: own })
      costs['one version']!.push(await follow([item]))
      costs['typing']!.push(await follow([item]))
      await project.commit({ label: 'undo.rename', author, registers: [title(item, `Title ${round}`)] })
      costs['a new title']!.push(await follow([item]))
    }
    return {
      bench: 'follow', facts: { versions, comments },
      measures: Object.entries(costs).flatMap(([name, all]) => [
        measure(`${name}: of the processor`, 'ms', all.map(({ cpuMs }) => cpuMs)),
        measure(`${name}: longest turn of its own`, 'ms', all.map(({ turnMs }) => turnMs), '≤ 20'),
      ]),
      load: [before, loadNow()],
    }
  } finally {
    await project.close()
    db.close()
    scratch.remove()
  }
}

const comment = (author: Author, item: FactId, version: FactId, text: string): Fact => (
  { kind: 'comment', at: 1, by: author.person, nonce: randomUUID(), item, version, anchor: { type: 'whole' }, text } as Fact
)

async function makeProject(path: string, versions: number, comments: number): Promise<void> {
  const author = makeAuthor('Ada')
  const project = await createProject(path, { title: 'Much', author, memory: makeMemory(), cacheDir: `${path}-cache` })
  project.connection.database.pragma('synchronous = OFF')
  const words = wordSource(5)
  await addText(project, author, 'Much worked on', 'The beginning.')
  const { id: item, heads: [first] } = project.items()[0]!
  await addVersions(project, author, item, first!, versions, words.sentence)
  for (let done = 0; done < comments; done += PER_COMMIT) {
    const facts = Array.from({ length: Math.min(PER_COMMIT, comments - done) }, () => comment(author, item, first!, words.sentence(15)))
    await project.commit({ label: 'undo.comment', author, facts })
  }
  await project.close()
}

async function addVersions(
  project: OpenProject, author: Author, item: FactId, first: FactId, versions: number, sentence: (words: number) => string
): Promise<void> {
  let head = first
  for (let done = 0; done < versions; done += PER_COMMIT) {
    const facts: Fact[] = []
    const blocks: string[] = []
    for (let at = done; at < Math.min(versions, done + PER_COMMIT); at++) {
      const own = paragraphs(sentence(20))
      const version = textVersion(author, item, own, [head], at)
      facts.push(version)
      blocks.push(...own)
      head = factIdOf(version)
    }
    await project.commit({ label: 'undo.keep', author, facts, blocks })
  }
}
