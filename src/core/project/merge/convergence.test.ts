import fc from 'fast-check'
import { copyFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { Sha256 } from '../../../contract/index.js'
import { createProject, factIdOf, openProject, type Author, type OpenProject } from '../index.js'
import { identityOf } from '../open-files.js'
import { hashProjections, rebuildProjections } from '../projections/rebuild.js'
import { Slices } from '../slices.js'
import { addText, blobVersion, commit, folderFact, itemFact, makeAuthor, makeFolder, makeMemory, paragraphs, textVersion } from '../testing/fixtures.js'
import { mergeFrom } from './merge.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const authors = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eva'].map((name) => makeAuthor(name))
let runs = 0

type ActionType = 'item' | 'folder' | 'version' | 'twin' | 'title' | 'tag' | 'move' | 'delete' | 'undo' | 'redo' | 'remove' | 'picture' | 'merge' | 'combine'
interface Action { readonly type: ActionType; readonly at: number; readonly pick: number; readonly word: number }

const action: fc.Arbitrary<Action> = fc.record({
  type: fc.constantFrom(
    'item', 'folder', 'version', 'version', 'twin', 'title', 'title', 'tag', 'move', 'delete', 'undo', 'redo', 'remove', 'picture', 'merge', 'merge', 'combine'
  ),
  at: fc.nat(4), pick: fc.nat(20), word: fc.nat(3),
})

const history = fc.record(
  { replicas: fc.integer({ min: 2, max: 5 }), fork: fc.boolean(), leads: fc.array(
    fc.constantFrom(0, 0, -3_600_000, 86_400_000), { minLength: 5, maxLength: 5 }
  ), actions: fc.array(action, { maxLength: 30 }) }
)

const state = (project: OpenProject): Promise<string> => hashProjections(project.connection, new Slices(50))
const commitsOf = (project: OpenProject): Sha256[] => project.connection.all<{ hash: Sha256 }>('SELECT hash FROM commits ORDER BY hash').map((row) => row.hash)

/** Opens with a disk that is not waited for: these tests are about order, and make hundreds of files. */
async function openFast(path: string, author: Author, clock: () => number, memory = makeMemory()): Promise<OpenProject> {
  const project = await openProject(path, { author, memory, cacheDir, clock })
  project.connection.database.pragma('synchronous = OFF')
  return project
}

async function makeReplicas(count: number, fork: boolean, leads: readonly number[]): Promise<OpenProject[]> {
  const run = ++runs
  const memory = makeMemory()
  const paths = Array.from({ length: count }, (_, index) => folder.path(`run-${run}-${index}.galley`))
  const first = await createProject(paths[0]!, { title: 'Convergence', author: authors[0]!, memory, cacheDir })
  await addText(first, authors[0]!, 'Common', 'Common words.')
  await first.close()
  for (const path of paths.slice(1)) copyFileSync(paths[0]!, path)
  if (fork) {
    // A computer restored from an image, memory and all: its replica goes on twice [MERGE3].
    memory.write(identityOf(paths[1]!), { ...memory.read(identityOf(paths[0]!))!, cleanHash: null })
    for (const path of paths.slice(0, 2)) {
      const project = await openFast(path, authors[0]!, Date.now, memory)
      await addText(project, authors[0]!, `Forked in ${path.slice(-8, -7)}`, 'Words of a fork.')
      await project.close()
    }
  }
  return Promise.all(paths.map((path, index) => openFast(path, authors[index]!, () => Date.now() + leads[index]!)))
}

async function act(projects: readonly OpenProject[], { type, at, pick, word }: Action): Promise<void> {
  const project = projects[at % projects.length]!
  const author = authors[at % projects.length]!
  const items = [...project.items()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const folders = [...project.folders()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const item = items[pick % Math.max(1, items.length)]
  const write = (name: 'title' | 'deleted' | 'parent' | `tag:${string}`, value: string | boolean | null, target = item?.id): Promise<unknown> =>
    target === undefined ? Promise.resolve() : commit(project, author, { registers: [{ target, name, value }] })
  const blocks = paragraphs(`Words ${word}.`)
  if (type === 'item') await addText(project, author, `Item ${word}`, `Words ${word}.`)
  else if (type === 'folder') await commit(project, author, { facts: [folderFact(author)] })
  else if (type === 'title') await write('title', `Title ${word}`)
  else if (type === 'tag') await write(`tag:${word}`, pick % 2 === 0)
  else if (type === 'delete') await write('deleted', pick % 3 > 0)
  else if (type === 'move') await write(
    'parent', folders[word % Math.max(1, folders.length)]?.id ?? null, [...folders, ...items][pick % Math.max(1, folders.length + items.length)]?.id
  )
  else if (type === 'undo' || type === 'redo') await project[type](author).catch((error: unknown) => expect(error).toMatchObject({ code: 'nothing-to-undo' }))
  else if (type === 'merge') await mergeFrom(project, projects[pick % projects.length]!.connection, author)
  else if (item !== undefined && item.kind === 'text') {
    if (type === 'version') await commit(project, author, { facts: [textVersion(author, item.id, blocks, item.heads.slice(0, 1))], blocks })
    else if (type === 'twin') await commit(
      project, author, { facts: [textVersion(author, item.id, blocks, project.versions(item.id, { limit: 9 }).slice(-1).map((row) => row.id))], blocks }
    )
    else if (type === 'combine') await commit(project, author, { facts: [textVersion(author, item.id, blocks, item.heads)], blocks })
    else if (type === 'remove' && item.heads[0] !== undefined && word === 0) await commit(
      project, author, { facts: [{ kind: 'removal', at: 1, by: author.person, nonce: `${pick}`, version: item.heads[0], reason: '' }] }
    )
    else if (type === 'picture') {
      const picture = itemFact(author, 'image')
      await commit(project, author, { facts: [picture, blobVersion(author, factIdOf(picture), await project.writeBlob([Buffer.from(`picture ${word}`)]))] })
    }
  }
}

/** Merges until nothing new comes, starting at another place and going in another direction each time. */
async function mergeAll(projects: readonly OpenProject[], seed: number): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (let step = 0; step < projects.length; step++) {
      const at = (seed + (seed % 2 === 0 ? step : projects.length * 2 - step)) % projects.length
      for (const other of projects) if (other !== projects[at]) expect((await mergeFrom(projects[at]!, other.connection, authors[at]!)).refused).toEqual([])
    }
  }
}

describe('merging', () => {
  it('is commutative, associative and idempotent, and loses nothing, with up to five replicas [MERGE2, COMMIT1, UNDO1]', async () => {
    await fc.assert(fc.asyncProperty(history, fc.nat(9), async ({ replicas, fork, leads, actions }, seed) => {
      const projects = await makeReplicas(replicas, fork, leads)
      try {
        for (const step of actions) await act(projects, step)
        const all = [...new Set(projects.flatMap(commitsOf))].sort()
        await mergeAll(projects, seed)
        for (const project of projects) expect(commitsOf(project)).toEqual(all)
        const states = await Promise.all(projects.map(state))
        expect(new Set(states).size).toBe(1)
        expect(await mergeFrom(projects[0]!, projects[1]!.connection, authors[0]!)).toMatchObject({ commits: 0, items: 0, versions: 0, refused: [] })
        expect(await state(projects[0]!)).toBe(states[0])
        await projects[0]!.connection.longTransaction(() => rebuildProjections(projects[0]!.connection, new Slices(50)))
        expect(await state(projects[0]!)).toBe(states[0])
      } finally {
        await Promise.all(projects.map((project) => project.close()))
      }
    }), { numRuns: Number(process.env['GALLEY_PROPERTY_RUNS'] ?? 8) })
  }, 120_000)
})
