import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fromMarkdown } from '../../document/index.js'
import { fileNameOf } from './file-names.js'
import type { Outgoing } from './gather.js'
import { markdownFileOf } from './markdown-text.js'
import { removeStaged, stagedFolder } from './staging.js'
import { fileError } from './write-file.js'
import { asRoot, notOnLinux, testUnless } from '../../testing/unless.js'
import { writeFolder } from './write-export.js'
import type { ExportMemory } from './write-named.js'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'galley-export-')) })
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

const one = (title: string, markdown = 'text', id = title) => ({ id, title, markdown })
const memory = () => new Map<string, string>() as Map<string, string> & { get(path: string): string | null }
/** Texts as files of a folder, without a manifest. */
async function writeMarkdown(into: string, texts: readonly ReturnType<typeof one>[], { memory: made, ...options }: { memory?: ExportMemory; signal?: AbortSignal; onBytes?: () => void } = {}) {
  const files = texts.map(({ id, title, markdown }) => {
    const bytes = Buffer.from(markdown)
    return { id, title, ending: '.md', folder: '', sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, open: () => bytes } as Pick<Outgoing, 'id' | 'title' | 'folder'> as Outgoing
  })
  const { written } = await writeFolder(into, files, null, { job: 'job-1', memory: made, ...options })
  return written.map(({ file: { id, bytes, sha256 }, name }) => ({ id, bytes, sha256, path: join(into, name) }))
}
const names = (): string[] => readdirSync(folder).sort()

test('a text is written whole, and its hash is that of the bytes on disk', async () => {
  const out = join(folder, 'new', 'folder')
  const [file] = await writeMarkdown(out, [one('A poem', '# Ö\n\nü\n')])
  expect(file!.path).toBe(join(out, 'A poem.md'))
  const bytes = readFileSync(file!.path)
  expect(bytes.toString('utf8')).toBe('# Ö\n\nü\n')
  expect(file).toMatchObject({ id: 'A poem', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
  expect(readdirSync(out)).toEqual(['A poem.md'])
})

test('texts of the same title get numbers, also where only the case differs', async () => {
  const files = await writeMarkdown(folder, [one('Poem', '1', 'a'), one('Poem', '2', 'b'), one('poem', '3', 'c')])
  expect(files.map((file) => basename(file.path))).toEqual(['Poem.md', 'Poem 2.md', 'poem 3.md'])
  expect(files.map((file) => readFileSync(file.path, 'utf8'))).toEqual(['1', '2', '3'])
})

test('a file that was not made here is never written over', async () => {
  writeFileSync(join(folder, 'Poem.md'), 'mine')
  mkdirSync(join(folder, 'Poem 2.md'))
  const [file] = await writeMarkdown(folder, [one('Poem')], { memory: memory() })
  expect(basename(file!.path)).toBe('Poem 3.md')
  expect(readFileSync(join(folder, 'Poem.md'), 'utf8')).toBe('mine')
})

test("a text's own earlier file is written over, unless somebody changed it or it is another text's", async () => {
  const made = memory()
  const write = async (markdown: string, id = 'a'): Promise<string> => basename((await writeMarkdown(folder, [one('Poem', markdown, id)], { memory: made }))[0]!.path)
  expect(await write('1')).toBe('Poem.md')
  expect(await write('2')).toBe('Poem.md')
  expect(readFileSync(join(folder, 'Poem.md'), 'utf8')).toBe('2')
  expect(await write('other', 'b')).toBe('Poem 2.md')
  writeFileSync(join(folder, 'Poem.md'), 'changed by hand')
  expect(await write('3')).toBe('Poem 3.md')
  expect(names()).toEqual(['Poem 2.md', 'Poem 3.md', 'Poem.md'])
})

testUnless(asRoot)('a folder without permission is said by name and nothing is left in it', async () => {
  chmodSync(folder, 0o500)
  await expect(writeMarkdown(folder, [one('Poem')])).rejects.toMatchObject({ code: 'no-permission', data: { path: folder } })
  expect(names()).toEqual([])
})

testUnless(notOnLinux)('a place where nobody may write is said by name', async () => {
  await expect(writeMarkdown('/sys/galley', [one('Poem')])).rejects.toMatchObject({ code: 'no-permission', data: { path: '/sys/galley' } })
})

testUnless(notOnLinux)('a full disk is said by name', async () => {
  const error = await writeFile('/dev/full', 'x').catch((reason: unknown) => reason)
  expect(fileError(error, '/out/Poem.md')).toMatchObject({ code: 'disk-full', data: { path: '/out/Poem.md' } })
})

test('a path that is a file is refused', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(writeMarkdown(join(folder, 'file'), [one('Poem')])).rejects.toMatchObject({ code: 'bad-target', data: { reason: 'file' } })
  await expect(writeMarkdown(join(folder, 'file', 'deeper'), [one('Poem')])).rejects.toMatchObject({ code: 'bad-target', data: { reason: 'file' } })
})

test('a cancelled export leaves nothing, and takes away the folder that it made', async () => {
  const controller = new AbortController()
  const writing = writeMarkdown(join(folder, 'new', 'deep'), [one('A'), one('B')], { signal: controller.signal, onBytes: () => controller.abort() })
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' })
  expect(names()).toEqual([])
})

test('an export that fails in its middle leaves the folder as it was', async () => {
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  const broken = { ...one('B'), markdown: 'b' }
  const files = [one('A'), broken].map(({ id, title }) => ({ id, title, ending: '.md', folder: 'texts', sha256: '', bytes: 1, open: () => {
    if (id === 'B') throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    return Buffer.from('a')
  } }) as unknown as Outgoing)
  await expect(writeFolder(folder, files, null, { job: 'job-2' })).rejects.toMatchObject({ code: 'disk-full', data: { path: folder } })
  expect(names()).toEqual(['mine.txt'])
})

test('what a crash left of an export is taken away, and nothing else', async () => {
  const staged = stagedFolder(folder, 'job-3')
  mkdirSync(staged)
  writeFileSync(join(staged, '0'), 'half')
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  await removeStaged(folder, 'job-3')
  expect(names()).toEqual(['mine.txt'])
})

test('Markdown that goes out ends with exactly one line break', () => {
  for (const text of ['', 'words', '# Title\n\nwords\n\n\n', '- one\n- two', '```\ncode\n```']) expect(markdownFileOf(fromMarkdown(text))).toMatch(/(^|[^\n])\n$/)
})

test.each([
  ['a/b\\c', 'a-b-c'], ['..', 'Untitled'], ['../../etc/passwd', '-..-etc-passwd'], ['.hidden', 'hidden'], ['CON', '_CON'], ['nul.txt', '_nul.txt'],
  ['Com1', '_Com1'], ['Contract', 'Contract'], ['ends in dots...', 'ends in dots'], ['  two  spaces ', 'two spaces'], ['', 'Untitled'], ['???', '---'],
  ['line\nbreak\u0000', 'line break'], ['evil\u202Etxt', 'evil txt'], ['e\u0301', '\u00e9'], ['Čaj & 茶 🍵', 'Čaj & 茶 🍵'], ['\ud800', '\ufffd'],
])('the title %j is written as %j', (title, name) => {
  expect(fileNameOf(title)).toBe(name)
})

test('any title gives a name that every system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
      const name = fileNameOf(title)
      expect(name).not.toBe('')
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(151)
      expect(name).toMatch(/^[^<>:"/\\|?*\u0000-\u001f. ](?:[^<>:"/\\|?*\u0000-\u001f]*[^<>:"/\\|?*\u0000-\u001f. ])?$/u)
      expect(fileNameOf(name).replace(/^_/, '')).toBe(name.replace(/^_/, ''))
    }),
    { numRuns: 500 },
  )
})

test('a long title is cut between characters', () => {
  const name = fileNameOf('👩‍👩‍👧'.repeat(50))
  expect(name.length).toBeGreaterThan(0)
  expect(name).toBe('👩‍👩‍👧'.repeat(name.length / '👩‍👩‍👧'.length))
})
