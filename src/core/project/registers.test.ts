import fc from 'fast-check'
import { copyFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createProject, factIdOf, mergeCopy, openProject } from './index.js'
import { MAX_CLOCK_LEAD, nextClock } from './ordering.js'
import { chooseWinner } from './registers.js'
import { addText, commit, folderFact, makeAuthor, makeFolder, makeMemory, title, textVersion, paragraphs } from './testing/fixtures.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const ada = makeAuthor('Ada')
const ben = makeAuthor('Ben')
const clock = fc.record({ wall: fc.nat(1_000_000), counter: fc.nat(5) })

describe('registers [REG1]', () => {
  it('never let a write win that another one had seen, whatever the clocks say', () => {
    fc.assert(fc.property(fc.array(
      fc.record({ clock, replica: fc.constantFrom('aaaaaaaa', 'bbbbbbbb', 'cccccccc'), saw: fc.array(fc.nat(), { maxLength: 3 }) }),
      { minLength: 1, maxLength: 8 },
    ), (entries) => {
      const writes = entries.map((entry, index) => ({ hash: `hash-${index}`, replica: entry.replica, number: index, ...entry.clock }))
      const saw = (later: string, earlier: string): boolean => {
        const [a, b] = [Number(later.slice(5)), Number(earlier.slice(5))]
        return b < a && entries[a]!.saw.some((seen) => a > 0 && seen % a === b)
      }
      const winner = chooseWinner(writes, saw)
      expect(writes.some((write) => saw(write.hash, winner!))).toBe(false)
      const rivals = writes.filter((write) => !writes.some((other) => saw(other.hash, write.hash)))
      const best = writes.find((write) => write.hash === winner)!
      expect(rivals.every((rival) => rival.wall < best.wall || (rival.wall === best.wall && rival.counter <= best.counter))).toBe(true)
      expect(chooseWinner([...writes].reverse(), saw)).toBe(winner)
    }), { numRuns: 200 })
  })

  it('are written with a clock that goes on and that no foreign clock pushes more than two minutes ahead', () => {
    fc.assert(fc.property(fc.nat(10_000_000), fc.option(clock), fc.option(fc.record({ wall: fc.nat(100_000_000), counter: fc.nat(5) })), (now, own, seen) => {
      const next = nextClock(now, own, seen)
      if (own !== null) expect(next.wall > own.wall || (next.wall === own.wall && next.counter > own.counter)).toBe(true)
      expect(next.wall).toBeLessThanOrEqual(Math.max(now + MAX_CLOCK_LEAD, own?.wall ?? 0))
      if (seen !== null && seen.wall <= now) expect(next.wall > seen.wall || (next.wall === seen.wall && next.counter > seen.counter)).toBe(true)
    }), { numRuns: 300 })
  })

  it('let a person change a title that a colleague set with a clock far in the future', async () => {
    const { mine, theirs } = await makePair({ theirClock: () => Date.now() + 365 * 86_400_000 })
    await commit(theirs.project, ben, { registers: [title(mine.item, 'From the future')] })
    await theirs.project.close()
    await mergeCopy(mine.project, theirs.path, ada)
    expect(mine.project.item(mine.item)?.title).toBe('From the future')
    await commit(mine.project, ada, { registers: [title(mine.item, 'Now')] })
    expect(mine.project.item(mine.item)?.title).toBe('Now')
    expect(
      mine.project.log({ limit: 10 }).find((entry) => entry.person === 'Ada' && entry.commit.seen[theirs.replica()] !== undefined)?.commit.clock.wall
    ).toBeLessThan(Date.now() + MAX_CLOCK_LEAD + 1000)
    await mine.project.close()
  })

  it('keep an item that was deleted here and worked on there, and say so', async () => {
    const { mine, theirs } = await makePair()
    await commit(mine.project, ada, { registers: [{ target: mine.item, name: 'deleted', value: true }] })
    expect(mine.project.item(mine.item)).toMatchObject({ deleted: true })
    const blocks = paragraphs('Worked on.')
    await commit(theirs.project, ben, { facts: [textVersion(ben, mine.item, blocks, [mine.version])], blocks })
    await theirs.project.close()
    await mergeCopy(mine.project, theirs.path, ada)
    expect(mine.project.item(mine.item)).toMatchObject({ deleted: false, revived: true })
    await commit(mine.project, ada, { registers: [{ target: mine.item, name: 'deleted', value: false }] })
    await commit(mine.project, ada, { registers: [{ target: mine.item, name: 'deleted', value: true }] })
    expect(mine.project.item(mine.item)).toMatchObject({ deleted: true, revived: false })
    await mine.project.close()
  })

  it('show a folder at the root whose move would make a cycle', async () => {
    const { mine, theirs } = await makePair({}, true)
    const [a, b] = mine.folders
    await commit(mine.project, ada, { registers: [{ target: a!, name: 'parent', value: b! }] })
    await commit(theirs.project, ben, { registers: [{ target: b!, name: 'parent', value: a! }] })
    await theirs.project.close()
    await mergeCopy(mine.project, theirs.path, ada)
    const parents = new Map(mine.project.folders().map((row) => [row.id, row.parent]))
    expect(parents.get(b!)).toBeNull()
    expect(parents.get(a!)).toBe(b)
    await mine.project.close()
  })

  async function makePair(options: { theirClock?: () => number } = {}, withFolders = false) {
    const name = Math.random().toString(36).slice(2)
    const [minePath, theirPath] = [folder.path(`${name}-mine.galley`), folder.path(`${name}-theirs.galley`)]
    const memory = makeMemory()
    const first = await createProject(minePath, { title: 'Registers', author: ada, memory, cacheDir })
    const { item, version } = await addText(first, ada, 'Text', 'Words.')
    const folders = withFolders ? [folderFact(ada, 1), folderFact(ada, 2)] : []
    if (withFolders) await commit(first, ada, { facts: folders })
    await first.close()
    copyFileSync(minePath, theirPath)
    const project = await openProject(minePath, { author: ada, memory, cacheDir })
    const other = await openProject(theirPath, { author: ben, memory: makeMemory(), cacheDir, ...(options.theirClock ? { clock: options.theirClock } : {}) })
    const replica = () => project.log({ limit: 10 }).find((entry) => entry.person === 'Ben')!.commit.replica
    return { mine: { project, item, version, folders: folders.map(factIdOf) }, theirs: { project: other, path: theirPath, replica } }
  }
})
