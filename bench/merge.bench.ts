import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact, FactId } from '../src/contract/index.js'
import { createProject, factIdOf, mergeCopy, openProject, previewMerge, saveCopy, undoMerge, type OpenProject } from '../src/core/project/index.js'
import type { Author } from '../src/core/project/types.js'
import { addText, makeAuthor, makeMemory, paragraphs, textVersion, title } from '../src/core/project/testing/fixtures.js'
import { keptFolder, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, type BenchResult, type Measure } from './support/measure.js'
import { watch, type Cost } from './support/watch.js'
import { wordSource } from './support/words.js'

const ITEMS = 100
/** Of ten changes, one is a version and nine are registers that people overwrite. */
const CHANGES_PER_VERSION = 10
const GROWTH = [1, 4, 10]
const works = ['preview', 'merge', 'save a copy', 'undo of the merge'] as const
type Costs = Record<(typeof works)[number], Cost>

/**
 * Two copies that were worked on apart, each with 10,000 commits of its own (of which 1,000 versions): looking at what comes in and
 * taking it over, saving a copy of both and taking the merge back; and how that grows with four and ten times as much on both sides.
 */
export async function run({ changes = scaled(10_000), rounds = [5, 2, 1] } = {}): Promise<BenchResult> {
  const kept = await keptFolder(`merge-${changes}-by-turns-to-${GROWTH.at(-1)}`, (folder) => makeCopies(folder, changes))
  const before = loadNow()
  const measures: Measure[] = []
  const processor: number[] = []
  for (const [index, times] of GROWTH.entries()) {
    const done: Costs[] = []
    for (let round = 0; round < rounds[index]!; round++) done.push(await mergeOnce(kept, times, changes * times))
    const both = (of: keyof Cost): number[] => done.map((costs) => costs.preview[of] + costs.merge[of])
    const size = `${changes * times} changes on each side`
    for (const work of works) measures.push(measure(`${work}, ${size}`, 'ms', done.map((costs) => costs[work].ms)))
    measures.push(
      measure(`preview and merge, ${size}`, 'ms', both('ms'), index === 0 ? '≤ 2000' : undefined), measure(`the same, of the processor`, 'ms', both('cpuMs')),
      measure('longest pause in any of these', 'ms', done.map((costs) => most(costs, 'pauseMs'))), measure('longest turn of its own in any of these', 'ms', done.map((costs) => most(costs, 'turnMs'))),
      measure('longest collection of garbage in any of these', 'ms', done.map((costs) => most(costs, 'collectionMs'))),
      measure('most memory', 'MB', done.map((costs) => most(costs, 'memory') / 1e6)),
    )
    processor.push(measures.find(({ name }, at) => name === 'the same, of the processor' && at > measures.length - 6)!.median)
  }
  for (const [index, times] of GROWTH.entries()) {
    if (index > 0) measures.push(measure(`processor time of ${times} times as much, for each of its parts`, '×', [processor[index]! / processor[0]! / times], '≤ 1.3'))
  }
  return { bench: 'merge', facts: { changes, versions: changes / CHANGES_PER_VERSION, items: ITEMS }, measures, load: [before, loadNow()] }
}

const most = (costs: Costs, of: keyof Cost): number => Math.max(...works.map((work) => costs[work][of]))

async function mergeOnce(kept: string, times: number, changes: number): Promise<Costs> {
  const scratch = scratchFolder()
  try {
    for (const side of ['ada', 'ben']) copyFileSync(join(kept, `${side}-${times}.galley`), scratch.path(`${side}.galley`))
    const author = makeAuthor('Ada')
    const project = await openProject(scratch.path('ada.galley'), { author, memory: makeMemory(), cacheDir: scratch.path('cache') })
    try {
      const preview = await watch(() => previewMerge(project, scratch.path('ben.galley')))
      let commits = 0
      const merge = await watch(async () => { commits = (await mergeCopy(project, scratch.path('ben.galley'), author)).commits })
      if (commits !== changes) throw new Error(`${commits} commits came in, not ${changes}`)
      const copy = await watch(() => saveCopy(project, scratch.path('copy.galley')))
      const undo = await watch(() => undoMerge(project, author))
      return { preview, merge, 'save a copy': copy, 'undo of the merge': undo }
    } finally {
      await project.close()
    }
  } finally {
    scratch.remove()
  }
}

async function makeCopies(folder: string, changes: number): Promise<void> {
  const ada = makeAuthor('Ada')
  const common = join(folder, 'common.galley')
  const project = await createProject(common, { title: 'Two copies', author: ada, memory: makeMemory(), cacheDir: folder, clock: () => Date.UTC(2025, 11, 31) })
  for (let number = 0; number < ITEMS; number++) await addText(project, ada, `Item ${number}`, `Where both begin, ${number}.`)
  await project.close()
  for (const [seed, author] of [ada, makeAuthor('Ben')].entries()) await makeCopy(folder, common, author, seed + 1, changes)
}

/** One side, kept at each size on the way to the largest. */
async function makeCopy(folder: string, common: string, author: Author, seed: number, changes: number): Promise<void> {
  const side = author.name.toLowerCase()
  const path = join(folder, `${side}.galley`)
  copyFileSync(common, path)
  const memory = makeMemory()
  const words = wordSource(seed)
  let done = 0
  // Both worked in the same days: what comes in belongs between what is there.
  let now = Date.UTC(2026, 0, 1) + seed
  const clock = (): number => (now += 1000)
  for (const times of GROWTH) {
    const project = await openProject(path, { author, memory, cacheDir: folder, clock })
    project.connection.database.pragma('synchronous = OFF')
    const heads = new Map<FactId, FactId>(project.items().map(({ id, heads: [head] }) => [id, head!]))
    const items = [...heads.keys()]
    for (; done < changes * times; done++) await change(project, author, done, items[done % ITEMS]!, heads, words)
    await project.close()
    copyFileSync(path, join(folder, `${side}-${times}.galley`))
  }
}

async function change(
  project: OpenProject, author: Author, number: number, item: FactId, heads: Map<FactId, FactId>, words: ReturnType<typeof wordSource>
): Promise<void> {
  // Offset by the round, so that the versions are not all of the same ten items.
  if ((number + Math.floor(number / ITEMS)) % CHANGES_PER_VERSION > 0) {
    await project.commit({ label: 'undo.rename', author, registers: [title(item, `${author.name} ${number}`)] })
    return
  }
  const blocks = paragraphs(words.sentence(40), words.sentence(40))
  const version: Fact = textVersion(author, item, blocks, [heads.get(item)!], number)
  heads.set(item, factIdOf(version))
  await project.commit({ label: 'undo.keep', author, facts: [version], blocks })
}
