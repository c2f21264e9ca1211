import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ProjectSummary } from '../contract/index.js'
import { createStudio } from '../core/index.js'
import { scriptedEngine, type ScriptedEngine } from '../core/testing/scripted-engine.js'
import { testSigner } from '../core/testing/signer.js'
import type { Signer } from '../core/project/index.js'
import type { StudioClient } from './command.js'
import { commands } from './commands/index.js'
import { runCommand } from './run.js'

let folder: string
let file: string
let engine: ScriptedEngine
let model: string
let imageModel: string
let signers: Map<string, Signer>
const notes: string[] = []
const shown: (string | null)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'galley-cli-'))
  file = join(folder, 'Book.galley')
  engine = scriptedEngine()
  signers = new Map()
  const weights = join(folder, 'scripted.gguf')
  writeFileSync(weights, 'GGUF, as far as the scripted engine can tell')
  const { context, end } = await begin({ userData: undefined, asPerson: undefined }, new AbortController().signal)
  model = (await context.client.models.add({ path: weights })).id
  const pictures = join(folder, 'scripted-pictures')
  mkdirSync(pictures)
  writeFileSync(join(pictures, 'model_index.json'), '{}')
  imageModel = (await context.client.models.add({ path: pictures })).id
  await context.client.system.changeSettings({ name: 'Ada' })
  await end()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function begin({ asPerson }: { userData: string | undefined; asPerson: string | undefined }, signal: AbortSignal) {
  const signer = signers.get(asPerson ?? '') ?? testSigner()
  signers.set(asPerson ?? '', signer)
  const studio = await createStudio({
    userData: join(folder, 'data'), cacheDir: join(folder, 'cache'), resources: join(folder, 'resources'), shell: 'cli', version: '0', spawn: engine.spawn, signer, keyStore: 'file', asPerson,
  })
  const client = createRouterClient(studio.router) as StudioClient
  const absolute = (path: string): string => resolve(folder, path)
  return {
    context: {
      client, signal, note: (line: string) => void notes.push(line), progress: (line: string | null) => void shown.push(line), resolve: absolute, open: (path: string) => client.projects.open({ path: absolute(path) }),
      picture: (project: ProjectSummary, hash: string) => studio.services.projects.get(project.handle).writer.blob(hash).chunks(),
    },
    end: () => studio.close(),
  }
}

/** Runs a command with `--json` in a studio of its own, as each call from a terminal has. */
async function galley(...args: string[]): Promise<{ exitCode: number; value: any }> {
  const { exitCode, out, error } = await runCommand([...args, '--json'], { commands, begin: (call) => begin(call, new AbortController().signal) })
  expect(error).toBe('')
  expect(out).not.toContain('\n')
  return { exitCode, value: JSON.parse(out) }
}
const done = async (...args: string[]): Promise<any> => {
  const { exitCode, value } = await galley(...args)
  expect(value.error).toBeUndefined()
  expect(exitCode).toBe(0)
  return value
}

const draft = (...args: string[]): Promise<any> => done('draft', file, '--model', model, ...args)

test('a project is made, drafted into, listed, shown and exported', async () => {
  expect(await done('new', file)).toEqual({ path: file, title: 'Book' })
  engine.script(['Boats ', 'lie.\n\n', 'Gulls cry.'])
  const made = await draft('--prompt', 'A harbour', '--seed', '7', '--max-tokens', '50', '--accept')
  expect(made).toMatchObject({ text: 'Boats lie.\n\nGulls cry.', model: 'scripted', seed: 7, tokens: 3, tokensPerSecond: 100, firstTokenMs: 1 })
  expect(Object.keys(made)).toEqual(['item', 'proposal', 'version', 'text', 'model', 'seed', 'tokens', 'tokensPerSecond', 'firstTokenMs'])
  const { items } = await done('list', file)
  expect(items).toEqual([{ id: made.item, kind: 'text', title: 'A harbour', heads: [made.version], versions: 2 }])
  for (const name of [made.version, made.version.slice(0, 8), 'a harbour']) expect(await done('show', file, name)).toMatchObject({ id: made.version, text: expect.stringContaining('Gulls cry.') })
  const out = join(folder, 'shown', 'text.md')
  await done('show', file, made.version, '--out', out)
  expect(readFileSync(out, 'utf8')).toContain('Boats lie.')
  const { files } = await done('export', file, '--out', join(folder, 'out'))
  expect(files).toMatchObject([{ item: made.item, version: made.version, path: join(folder, 'out', 'A harbour.md') }])
  expect(readFileSync(files[0].path, 'utf8')).toContain('Boats lie.')
})

test('a draft that is not accepted stays a proposal, and the text stays as it was', async () => {
  await done('new', file)
  const first = await draft('--prompt', 'A harbour')
  expect(first.version).toBeUndefined()
  expect((await done('show', file, 'A harbour')).text.trim()).toBe('')
  const second = await draft('--prompt', 'More', '--item', first.item.slice(0, 10), '--accept')
  expect(second.item).toBe(first.item)
})

test('another person has an identity of their own and keeps it', async () => {
  await done('new', file)
  const mine = await draft('--prompt', 'One', '--accept')
  const hers = await draft('--prompt', 'Two', '--accept', '--as-person', 'Berta')
  const again = await draft('--prompt', 'Three', '--accept', '--as-person', 'Berta')
  const people: any[] = []
  for (const { version } of [mine, hers, again]) people.push((await done('show', file, version)).person)
  expect(people.map((person) => person.name)).toEqual(['Ada', 'Berta', 'Berta'])
  expect(people[1].id).toBe(people[2].id)
  expect(people[0].id).not.toBe(people[1].id)
})

test('a project is checked, and rebuilt', async () => {
  await done('new', file)
  await draft('--prompt', 'One', '--accept')
  expect(await done('check', file, '--rebuild')).toMatchObject({ ok: true, versions: 2, problems: [] })
})

test('what is refused says so by its code', async () => {
  expect(await galley('list', file)).toMatchObject({ exitCode: 3, value: { error: { code: 'not-found' } } })
  await done('new', file)
  expect(await galley('new', file)).toMatchObject({ exitCode: 3, value: { error: { code: 'project-exists', data: { path: file } } } })
  expect(await galley('show', file, 'deadbeef')).toMatchObject({ exitCode: 3, value: { error: { code: 'not-found' } } })
  expect(await galley('draft', file)).toMatchObject({ exitCode: 2, value: { error: { code: 'bad-input' } } })
  writeFileSync(join(folder, 'no.galley'), 'words '.repeat(1000))
  expect(await galley('list', join(folder, 'no.galley'))).toMatchObject({ exitCode: 3, value: { error: { code: 'not-a-project' } } })
})

test('an engine that dies fails the draft with engine-lost', async () => {
  await done('new', file)
  engine.hold()
  const running = galley('draft', file, '--model', model, '--prompt', 'One')
  const timer = setInterval(() => { if (engine.prompts.length > 0) engine.kill() }, 20)
  const { exitCode, value } = await running
  clearInterval(timer)
  expect([exitCode, value.error.code]).toEqual([3, 'engine-lost'])
})

test('an interruption stops the writing, and what was written becomes a proposal', async () => {
  await done('new', file)
  engine.script(['One ', 'two ', 'three ', 'four.'])
  engine.hold()
  const interrupted = new AbortController()
  const running = runCommand(['draft', file, '--model', model, '--prompt', 'Numbers', '--json'], { commands, begin: (call) => begin(call, interrupted.signal) })
  while (engine.prompts.length === 0) await new Promise((wait) => setTimeout(wait, 5))
  engine.step()
  engine.step()
  await new Promise((wait) => setTimeout(wait, 20))
  interrupted.abort()
  const { exitCode, out } = await running
  expect([exitCode, JSON.parse(out).text]).toEqual([0, 'One two'])
})

test('nothing is left beside the files that were asked for', async () => {
  await done('new', file)
  await done('list', file)
  expect(readdirSync(folder).filter((name) => name.startsWith('Book'))).toEqual(['Book.galley'])
})

test('a comment and a signed decision are written, and the state follows', async () => {
  await done('new', file)
  const { item, version } = await draft('--prompt', 'A harbour', '--accept')
  expect(await done('comment', file, 'A harbour', '--text', 'Good, but short.')).toMatchObject({ item, version })
  expect(await done('decide', file, version.slice(0, 10), 'approve', '--notes', 'Go.')).toMatchObject({ item, version, counts: true, state: 'approved' })
  expect(await done('decide', file, version, 'changes', '--as-person', 'Berta')).toMatchObject({ counts: false, state: 'approved' })
  expect(await galley('decide', file, version, 'maybe')).toMatchObject({ exitCode: 2 })
  expect(await galley('comment', file, 'A harbour')).toMatchObject({ exitCode: 2 })
})

test('pictures are made, with a seed each, and a comment points into one of them', async () => {
  await done('new', file)
  const made = await done('image', file, '--model', imageModel, '--prompt', 'A harbour at night', '--count', '2', '--seed', '7', '--steps', '3', '--size', '16x16')
  expect(made.versions.map(({ seed, width, height }: any) => [seed, width, height])).toEqual([[7, 16, 16], [8, 16, 16]])
  expect(made.versions.every(({ id, sha256 }: any) => /^[0-9a-f]{64}$/.test(id) && /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
  expect((await done('list', file)).items).toMatchObject([{ kind: 'image', title: 'A harbour at night', versions: 2 }])
  const [{ id, sha256 }] = made.versions
  expect(await done('remake', file, id.slice(0, 12))).toMatchObject({ identical: true, sha256 })
  const cropped = await done('crop', file, id, '--region', '2,3,8,9', '--turn', '90')
  expect(cropped).toMatchObject({ item: made.item, source: id, width: 8, height: 9 })
  expect(await done('show', file, cropped.version)).toMatchObject({ recipe: { by: 'hand', edit: { steps: [{ kind: 'turn', degrees: 90 }, { kind: 'crop', x: 2, y: 3, width: 8, height: 9 }] } } })
  expect(await done('remake', file, cropped.version)).toMatchObject({ identical: true })
  for (const wrong of [[], ['--turn', '45'], ['--flip', 'sideways'], ['--region', '1,2,3']]) expect(await galley('crop', file, id, ...wrong)).toMatchObject({ exitCode: 2 })
  expect(await done('comment', file, id, '--text', 'Brighter', '--region', '10,20,30,40.5')).toMatchObject({ item: made.item, version: id })
  expect(await galley('comment', file, id, '--text', 'Brighter', '--region', '10,20,30,90')).toMatchObject({ exitCode: 2 })
  expect(await galley('comment', file, id, '--text', 'Which?', '--quote', 'harbour')).toMatchObject({ exitCode: 3, value: { error: { code: 'bad-input' } } })
  expect(await galley('image', file, '--model', imageModel, '--prompt', 'x', '--size', '4by4')).toMatchObject({ exitCode: 2 })
  expect(await galley('image', file, '--model', imageModel, '--prompt', ' ')).toMatchObject({ exitCode: 2 })
  // The model of this test has no matte.
  expect(await galley('image', file, '--model', imageModel, '--prompt', 'x', '--transparent')).toMatchObject({ exitCode: 3, value: { error: { code: 'not-supported' } } })
  expect(await galley('image', file, '--model', imageModel, '--prompt', 'x', '--size', '999x999')).toMatchObject({ exitCode: 3, value: { error: { code: 'not-supported' } } })
})

test('a comment on words finds them, and words that are not there are refused', async () => {
  await done('new', file)
  engine.script(['Boats ', 'lie.\n\n', 'Gulls cry.'])
  const { item, version } = await draft('--prompt', 'A harbour', '--accept')
  const { comment } = await done('comment', file, version, '--text', 'Loud', '--quote', 'Gulls cry')
  expect(comment).toMatch(/^[0-9a-f]{64}$/)
  expect(await done('comment', file, 'a harbour', '--text', 'Still', '--quote', 'Boats lie.')).toMatchObject({ item, version })
  expect(await galley('comment', file, version, '--text', 'x', '--quote', 'Dogs bark')).toMatchObject({ exitCode: 3, value: { error: { code: 'bad-input' } } })
  expect(await done('decide', file, version, '--as', 'changes')).toMatchObject({ version, state: 'changes-asked' })
})

test('everything is exported with a manifest, into a folder or an archive', async () => {
  await done('new', file)
  await draft('--prompt', 'A harbour', '--accept')
  await done('image', file, '--model', imageModel, '--prompt', 'A hidden wish')
  const folderOut = await done('export', file, '--all', '--out', join(folder, 'all'))
  expect(folderOut.files.map(({ name }: any) => name).sort()).toEqual(['pictures/A hidden wish.png', 'texts/A harbour.md'])
  const manifest = JSON.parse(readFileSync(join(folder, 'all', 'manifest.json'), 'utf8'))
  for (const { name, sha256 } of manifest.files) expect(createHash('sha256').update(readFileSync(join(folder, 'all', name))).digest('hex')).toBe(sha256)
  expect(manifest.files.find(({ name }: any) => name.startsWith('texts')).proposals).toMatchObject([{ by: 'text-model', seed: expect.any(Number) }])
  expect(JSON.stringify(manifest)).not.toMatch(/"prompt"|"promptHash"/)
  await done('export', file, '--all', '--prompts', '--out', join(folder, 'all.zip'))
  expect(readFileSync(join(folder, 'all.zip')).subarray(0, 2).toString()).toBe('PK')
  expect(await galley('export', file, '--all', '--out', file)).toMatchObject({ exitCode: 3, value: { error: { code: 'bad-target' } } })
})

test('two copies that were edited apart are merged, first only to look', async () => {
  await done('new', file)
  await draft('--prompt', 'A harbour', '--accept')
  const copy = join(folder, 'Copy.galley')
  copyFileSync(file, copy)
  await draft('--prompt', 'Mine', '--accept')
  await done('draft', copy, '--model', model, '--prompt', 'Hers', '--accept', '--as-person', 'Berta')
  const before = readFileSync(copy)
  expect(await done('merge', file, copy, '--dry-run')).toMatchObject({ dryRun: true, items: 1, refused: [] })
  const titles = async (): Promise<string[]> => (await done('list', file)).items.map((item: { title: string }) => item.title).sort()
  expect(await titles()).toEqual(['A harbour', 'Mine'])
  shown.length = 0
  const merged = await done('merge', file, copy)
  expect(merged).toMatchObject({ dryRun: false, items: 1, secondHeads: 0, refused: [] })
  expect(Object.keys(merged)).toEqual(expect.arrayContaining(['commits', 'items', 'versions', 'comments', 'decisions', 'secondHeads', 'refused']))
  // How far it is goes to the terminal and is taken away again; the copy is only read.
  expect([shown.some((line) => /^(Reading the copy|Examining the copy|Merging), \d+ %/.test(line ?? '')), shown.at(-1)]).toEqual([true, null])
  expect(readFileSync(copy)).toEqual(before)
  expect(await titles()).toEqual(['A harbour', 'Hers', 'Mine'])
  expect(await done('merge', file, copy)).toMatchObject({ commits: 0, items: 0 })
  expect((await done('check', file)).ok).toBe(true)
  expect(await galley('merge', file, join(folder, 'none.galley'))).toMatchObject({ exitCode: 3, value: { error: { code: 'not-found' } } })
})

test('files and folders are brought in; interrupted, what came in stays and the rest is named', async () => {
  await done('new', file)
  const texts = join(folder, 'texts')
  mkdirSync(texts)
  for (let number = 10; number < 40; number++) writeFileSync(join(texts, `${number}.md`), `Text ${number}`)
  const { imported } = await done('import', file, join(texts, '10.md'), join(texts, '11.md'))
  expect(imported.map(({ name }: any) => name)).toEqual(['10.md', '11.md'])
  expect(await galley('import', file, join(folder, 'none.md'))).toMatchObject({ exitCode: 3, value: { imported: [], refused: [{ name: 'none.md', error: { code: 'not-found' } }] } })
  const interrupted = new AbortController()
  shown.length = 0
  const timer = setInterval(() => { if (shown.length > 0) interrupted.abort() }, 1)
  const { exitCode, out } = await runCommand(['import', file, texts, '--json'], { commands, begin: (call) => begin(call, interrupted.signal) })
  clearInterval(timer)
  const result = JSON.parse(out)
  expect(exitCode).toBe(3)
  expect(result.imported.length + result.missing.length).toBe(30)
  expect(result.missing.length).toBeGreaterThan(0)
  expect((await done('list', file)).items).toHaveLength(2 + result.imported.length)
})
