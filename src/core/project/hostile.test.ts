import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../contract/index.js'
import { createProject, mergeCopy, openProject } from './index.js'
import { parseBounded } from './hashing.js'
import { parseCommit, parseFact } from './store.js'
import { addText, makeAuthor, makeFolder, makeMemory } from './testing/fixtures.js'
import { asRoot, onWindows, testUnless } from '../../testing/unless.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const ada = makeAuthor('Ada')

async function makeBytes(name: string): Promise<{ path: string; bytes: Buffer }> {
  const project = await createProject(folder.path(name), { title: 'Hostile', author: ada, memory: makeMemory(), cacheDir })
  for (let index = 0; index < 5; index++) await addText(project, ada, `Text ${index}`, `Some words, number ${index}.`)
  await project.close()
  return { path: project.path, bytes: readFileSync(project.path) }
}

/** Fails for any error that is not of the closed list. */
const expectNamed = (error: unknown): void => {
  expect(error).toBeInstanceOf(StudioError)
  expect(['project-damaged', 'not-a-project', 'project-newer', 'not-the-same-project', 'project-in-use']).toContain((error as StudioError).code)
}

describe('a file with bytes changed', () => {
  it('opens, or is refused by name, and never writes into another project [OPEN1, MERGE3]', async () => {
    const { path, bytes } = await makeBytes('changed.galley')
    const mine = await createProject(folder.path('mine.galley'), { title: 'Mine', author: ada, memory: makeMemory(), cacheDir })
    const head = mine.log({ limit: 1 })[0]!.hash
    const change = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) })
    await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.option(fc.nat(bytes.length)), async (changes, length) => {
      const changed = Buffer.from(bytes)
      for (const { at, value } of changes) changed[at] = value
      writeFileSync(path, length === null ? changed : changed.subarray(0, length))
      await mergeCopy(mine, path, ada).catch(expectNamed)
      expect(mine.log({ limit: 1 })[0]!.hash).toBe(head)
      const project = await openProject(path, { memory: makeMemory(), cacheDir }).catch(expectNamed)
      if (project === undefined) return
      try {
        for (const { id } of project.items()) project.versions(id, { limit: 10 })
      } catch (error) {
        expectNamed(error)
      }
      await project.close()
    }), { numRuns: 25 })
    await mine.close()
  }, 60_000)

  it('has no JSON that ends the process, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', '1', 'a', 'null') }), (text) => {
      expect([parseCommit(text), parseFact(text)]).toEqual([null, null])
      let parsed: unknown
      try {
        parsed = JSON.parse(text)
      } catch {
        expect(() => parseBounded(text)).toThrow()
        return
      }
      expect(parseBounded(text)).toEqual(parsed)
    }), { numRuns: 500 })
  })
})

describe('a place where nothing can be made', () => {
  it('is named: no folder there, a file that is there already', async () => {
    const options = { title: 'x', author: ada, memory: makeMemory(), cacheDir }
    await expect(createProject(folder.path('no/folder/x.galley'), options)).rejects.toMatchObject({ code: 'not-found' })
    writeFileSync(folder.path('there.galley'), 'mine')
    await expect(createProject(folder.path('there.galley'), options)).rejects.toMatchObject({ code: 'project-exists' })
    expect(readFileSync(folder.path('there.galley'), 'utf8')).toBe('mine')
  })

  testUnless(onWindows || asRoot)('is named: no permission', async () => {
    mkdirSync(folder.path('closed'))
    chmodSync(folder.path('closed'), 0o500)
    await expect(createProject(folder.path('closed/x.galley'), { title: 'x', author: ada, memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'no-permission' })
  })
})
