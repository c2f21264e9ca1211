import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact, FactId } from '../src/contract/index.js'
import { createProject, factIdOf, mergeCopy, openProject, previewMerge, type OpenProject } from '../src/core/project/index.js'
import type { Author } from '../src/core/project/types.js'
import { addText, makeAuthor, makeMemory, paragraphs, textVersion, title } from '../src/core/project/testing/fixtures.js'
import { keptFolder, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, milliseconds, type BenchResult, type Measure } from './support/measure.js'
import { wordSource } from './support/words.js'

const ITEMS = 100
/** Of ten changes, one is a version and nine are registers that people overwrite. */
const CHANGES_PER_VERSION = 10
const GROWTH = [1, 2, 4]

/**
 * Two copies that were worked on apart, each with 10,000 commits of its own (of which 1,000 versions): looking at what
 * comes in and taking it over, and how that grows with twice and four times as much on both sides.
 */
export async function run({ changes = scaled(10_000), rounds = [5, 2, 2] } = {}): Promise<BenchResult> {
  const kept = await keptFolder(`merge-${changes}`, (folder) => makeCopies(folder, changes))
  const before = loadNow()
  const measures: Measure[] = []
  const medians: number[] = []
  for (const [index, times] of GROWTH.entries()) {
    const previews: number[] = []
    const merges: number[] = []
    for (let round = 0; round < rounds[index]!; round++) {
      const { preview, merge } = await mergeOnce(kept, times, changes * times)
      previews.push(preview)
      merges.push(merge)
    }
    const both = previews.map((preview, round) => preview + merges[round]!)
    const size = `${changes * times} changes on each side`
    measures.push(
      measure(`preview, ${size}`, 'ms', previews), measure(`merge, ${size}`, 'ms', merges),
      measure(`preview and merge, ${size}`, 'ms', both, index === 0 ? '≤ 2000' : undefined),
    )
    medians.push(measures.at(-1)!.median)
  }
  for (const [index, times] of GROWTH.entries()) {
    if (index > 0) measures.push(measure(`time of ${times} times as much, for each of its parts`, '×', [medians[index]! / medians[0]! / times]))
  }
  return { bench: 'merge', facts: { changes, versions: changes / CHANGES_PER_VERSION, items: ITEMS }, measures, load: [before, loadNow()] }
}

async function mergeOnce(kept: string, times: number, changes: number): Promise<{ preview: number; merge: number }> {
  const scratch = scratchFolder()
  try {
    for (const side of ['ada', 'ben']) copyFileSync(join(kept, `${side}-${times}.galley`), scratch.path(`${side}.galley`))
    const author = makeAuthor('Ada')
    const project = await openProject(scratch.path('ada.galley'), { author, memory: makeMemory(), cacheDir: scratch.path('cache') })
    try {
      const preview = await milliseconds(() => previewMerge(project, scratch.path('ben.galley')))
      let commits = 0
      const merge = await milliseconds(async () => { commits = (await mergeCopy(project, scratch.path('ben.galley'), author)).commits })
      if (commits !== changes) throw new Error(`${commits} commits came in, not ${changes}`)
      return { preview, merge }
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
  const project = await createProject(common, { title: 'Two copies', author: ada, memory: makeMemory(), cacheDir: folder })
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
  for (const times of GROWTH) {
    const project = await openProject(path, { author, memory, cacheDir: folder })
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
