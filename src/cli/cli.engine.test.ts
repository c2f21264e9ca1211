import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { findBuiltIn } from '../core/models/index.js'
import { testUnless } from '../testing/unless.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { text: textModel, image: imageModel } = findBuiltIn(join(root, 'resources'))

let out: string
let folder: string

beforeAll(async () => {
  // Inside the project, because packages are found from there, and two levels deep, as in the real output folder.
  mkdirSync(join(root, '.cache'), { recursive: true })
  const built = mkdtempSync(join(root, '.cache', 'cli-test-'))
  out = join(built, 'out')
  writeFileSync(join(built, 'package.json'), '{"version":"0.0.0"}')
  symlinkSync(join(root, 'resources'), join(built, 'resources'))
  const { bundleForNode } = (await import(/* @vite-ignore */ join(root, 'scripts/build.mjs'))) as { bundleForNode(entries: Record<string, string>, outDir: string): Promise<void> }
  await bundleForNode(
    Object.fromEntries([['cli/galley', 'cli/galley.ts'], ...['text', 'image', 'media'].map((role) => [`engine/${role}`, `engine/${role}/main.ts`])].map(([name, source]) => [name, join(root, 'src', source!)])),
    out,
  )
  folder = mkdtempSync(join(tmpdir(), 'galley-cli-'))
})
afterAll(() => {
  rmSync(join(out, '..'), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

function galley(...args: string[]): Promise<{ exitCode: number; value: any; error: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(out, 'cli/galley.mjs'), ...args, '--json', '--user-data', join(folder, 'data')], (_, stdout, error) => {
      expect(stdout.trimEnd()).not.toContain('\n')
      resolve({ exitCode: child.exitCode ?? -1, value: JSON.parse(stdout), error })
    })
  })
}

testUnless(!textModel && 'the text model could not be had')('the real text model drafts from a terminal, and the same seed gives the same words', async () => {
  const file = join(folder, 'Text.galley')
  expect((await galley('new', file)).exitCode).toBe(0)
  const draft = () => galley('draft', file, '--prompt', 'A short poem about the sea', '--seed', '5', '--max-tokens', '24', '--accept')
  const [one, two] = [await draft(), await draft()]
  expect([one.exitCode, two.exitCode]).toEqual([0, 0])
  expect(one.value).toMatchObject({ seed: 5, version: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(one.value.text.length).toBeGreaterThan(10)
  expect(two.value.text).toBe(one.value.text)
  expect((await galley('show', file, one.value.version)).value.text).toContain(one.value.text.split('\n')[0])
  expect((await galley('check', file)).value).toMatchObject({ ok: true, problems: [] })
})

testUnless(!imageModel && 'the picture model is not there')('a project is searched by words and by meaning from a terminal', async () => {
  const file = join(folder, 'Search.galley')
  const text = join(folder, 'Low water.md')
  writeFileSync(text, 'Twice a day the harbour is taken away. The boats lie down, each on the side it prefers.')
  await galley('new', file)
  await galley('import', file, text)
  const search = async (...args: string[]) => (await galley('search', file, ...args)).value.hits.map(({ title, where, byMeaning }: any) => ({ title, where, byMeaning }))
  expect(await search('boats')).toEqual([{ title: 'Low water', where: 'text', byMeaning: false }])
  expect(await search('a', 'vessel', 'on', 'the', 'shore')).toEqual([])
  expect(await search('a vessel on the shore', '--by', 'meaning')).toContainEqual({ title: 'Low water', where: 'text', byMeaning: true })
  expect((await galley('search', file, 'boats', '--by', 'sound')).exitCode).toBe(2)
})

testUnless(!imageModel && 'the picture model is not there')('the real picture model makes a picture from a terminal, and makes it again to the bit', async () => {
  const file = join(folder, 'Pictures.galley')
  await galley('new', file)
  const { exitCode, value } = await galley('image', file, '--prompt', 'pink heart', '--seed', '3', '--count', '2', '--steps', '4')
  expect(value.error).toBeUndefined()
  expect(exitCode).toBe(0)
  expect(value.versions.map((one: { seed: number }) => one.seed)).toEqual([3, 4])
  const png = join(folder, 'heart.png')
  await galley('show', file, value.versions[0].id, '--out', png)
  expect(existsSync(png)).toBe(true)
  expect((await galley('remake', file, value.versions[0].id)).value).toMatchObject({ identical: true, sameEngine: true })
  const imported = await galley('import', file, png, join(folder, 'nothing.png'))
  expect(imported.exitCode).toBe(3)
  expect(imported.value).toMatchObject({ imported: [{ name: 'heart.png' }], refused: [{ name: 'nothing.png' }] })
  const shown = await galley('show', file, imported.value.imported[0].version, '--out', join(folder, 'again.png'))
  expect(shown.value.picture.mediaType).toBe('image/png')
  expect(readFileSync(join(folder, 'again.png')).equals(readFileSync(png))).toBe(true)
})
