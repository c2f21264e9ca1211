import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realSpawn } from '../imaging/testing-engines.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
beforeAll(async () => {
  engines = await realSpawn()
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada' })
  ;({ handle: project } = await studio.call.projects.create({ title: 'Imports' }))
})
afterAll(async () => {
  await studio.close()
  await engines.remove()
  await removeFolder(studio.folder)
})

const at = (name: string): string => join(studio.folder, name)
async function importOne(name: string, bytes: Uint8Array | string) {
  await writeFile(at(name), bytes)
  return studio.call.pictures.import({ project, paths: [at(name)] })
}
async function importedOne(name: string, bytes: Uint8Array | string) {
  const { imported, refused } = await importOne(name, bytes)
  expect(refused).toEqual([])
  const version = await studio.call.items.version({ project, version: imported[0]!.version })
  return { item: await studio.call.items.get({ project, item: imported[0]!.item }), version }
}
async function refusedOne(name: string, bytes: Uint8Array | string): Promise<{ code: string; data: Record<string, unknown> }> {
  const { imported, refused } = await importOne(name, bytes)
  expect(imported).toEqual([])
  expect(refused[0]!.name).toBe(name)
  return refused[0]!.error
}
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const plain = (width = 60, height = 40) => sharp({ create: { width, height, channels: 3, background: '#c04020' } })

/** A PNG whose head claims a size that its data does not have. */
function lyingPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const bytes = Buffer.alloc(body.length + 8)
    bytes.writeUInt32BE(data.length)
    body.copy(bytes, 4)
    bytes.writeUInt32BE(crc32(body), body.length + 4)
    return bytes
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(100))), chunk('IEND', Buffer.alloc(0))])
}

describe('pictures from outside', () => {
  test('a picture comes in with its bytes as they are, its size and a thumbnail', async () => {
    const bytes = await plain().jpeg().toBuffer()
    const { item, version } = await importedOne('A red field.jpg', bytes)
    expect(item).toMatchObject({ kind: 'image', title: 'A red field', picture: hashOf(bytes) })
    expect(version).toMatchObject({
      reason: 'imported', parents: [], recipe: { by: 'import', name: 'A red field.jpg', hash: hashOf(bytes), mediaType: 'image/jpeg' },
      content: { type: 'blob', hash: hashOf(bytes), size: bytes.length, mediaType: 'image/jpeg', width: 60, height: 40 },
    })
    const file = await studio.studio.asset({ kind: 'picture', project, hash: hashOf(bytes), width: null })
    expect(await readFile(file!.path)).toEqual(bytes)
    expect(studio.studio.services.projects.get(project).writer.thumbnail(hashOf(bytes))).not.toBeNull()
  })

  test('CMYK, 16-bit, turned and animated pictures come in, and the page gets something to show', async () => {
    const frame = (background: string) => sharp({ create: { width: 20, height: 10, channels: 3, background } }).png().toBuffer()
    const files: [string, Buffer, number, number][] = [
      ['cmyk.jpg', await plain().toColourspace('cmyk').jpeg().toBuffer(), 60, 40],
      ['deep.png', await plain().toColourspace('rgb16').png().toBuffer(), 60, 40],
      ['turned.jpg', await plain().withMetadata({ orientation: 6 }).jpeg().toBuffer(), 40, 60],
      ['moving.gif', await sharp([await frame('red'), await frame('blue')], { join: { animated: true } }).gif().toBuffer(), 20, 10],
      ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>'), 30, 20],
    ]
    for (const [name, bytes, width, height] of files) {
      const { item, version } = await importedOne(name, bytes)
      expect([item.kind, version.content]).toMatchObject(['image', { hash: hashOf(bytes), width, height }])
      const shown = await studio.studio.asset({ kind: 'picture', project, hash: hashOf(bytes), width: 640 })
      expect((await sharp(await readFile(shown!.path)).metadata()).format).toBe('webp')
    }
  })

  test('what is named as a picture and is none is refused, and so is one that lies about its size or is cut off', async () => {
    expect((await refusedOne('words.png', 'no picture')).code).toBe('not-an-image')
    expect((await refusedOne('empty.png', '')).code).toBe('not-an-image')
    expect((await refusedOne('page.jpg', '<!doctype html><script>alert(1)</script>')).code).toBe('not-an-image')
    expect((await refusedOne('lying.png', lyingPng(5000, 5000))).code).toBe('not-an-image')
    const whole = await sharp(Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, index) => (index * 7919) % 251)), { raw: { width: 300, height: 300, channels: 3 } }).jpeg().toBuffer()
    expect((await refusedOne('cut.jpg', whole.subarray(0, 4000))).code).toBe('not-an-image')
  })

  test('a picture of two hundred megapixels is refused by its numbers, without being read', async () => {
    expect(await refusedOne('huge.png', lyingPng(20_000, 10_000))).toMatchObject({ code: 'image-too-large', data: { name: 'huge.png', pixels: 200_000_000, limit: 100_000_000 } })
  })

  test('the content decides and not the name: a JPEG called PNG is a JPEG', async () => {
    expect((await importedOne('called.png', await plain(30, 30).jpeg().toBuffer())).version.content).toMatchObject({ mediaType: 'image/jpeg' })
  })

  test('one that is refused does not keep the others out, and what is no file is said', async () => {
    await writeFile(at('good.png'), await plain(31, 31).png().toBuffer())
    await writeFile(at('bad.png'), 'bad')
    await mkdir(at('folder.png'))
    const { imported, refused } = await studio.call.pictures.import({ project, paths: [at('bad.png'), at('good.png'), at('folder.png'), at('none.png')] })
    expect(imported.map(({ name }) => name)).toEqual(['good.png'])
    expect(refused.map(({ name, error }) => [name, error.code])).toEqual([['folder.png', 'empty-folder'], ['bad.png', 'not-an-image'], ['none.png', 'not-found']])
  })

  test('undo takes an imported item away again', async () => {
    const { item } = await importedOne('undone.png', await plain(32, 32).png().toBuffer())
    await studio.call.projects.undo({ project })
    expect((await studio.call.items.list({ project })).items.map(({ id }) => id)).not.toContain(item.id)
  })
})

describe('other files', () => {
  test('Markdown and plain text become texts that a person can write on', async () => {
    const { item, version } = await importedOne('A letter.md', '# Dear reader\n\nHello *there*.\n')
    expect(item).toMatchObject({ kind: 'text', title: 'A letter' })
    expect(version).toMatchObject({ reason: 'imported', recipe: { by: 'import', name: 'A letter.md', mediaType: 'text/markdown' }, content: { type: 'text', words: 4 } })
    const draft = await studio.call.texts.open({ project, item: item.id, session: 'session-1' })
    expect(draft).toMatchObject({ base: version.id, origin: [{ origin: 'pasted' }] })
    expect(JSON.stringify(draft.doc)).toContain('Dear reader')
    expect((await importedOne('old.txt', Buffer.from('caf\u00e9 noir', 'latin1'))).version.content).toMatchObject({ beginning: 'café noir' })
    expect((await importedOne('wide.txt', Buffer.from('\ufeffwide words', 'utf16le'))).version.content).toMatchObject({ beginning: 'wide words' })
  })

  test('a text beyond the limits is refused', async () => {
    expect(await refusedOne('long.txt', Buffer.alloc(50_000_000, 'words '))).toEqual({ code: 'file-too-large', data: { name: 'long.txt', bytes: 50_000_000, limit: 8 * 1024 * 1024 } })
    expect((await refusedOne('deep.md', '> '.repeat(5000) + 'x')).code).toBe('bad-input')
  })

  test('anything else is kept as the file that it is', async () => {
    const bytes = Buffer.from('%PDF-1.7 \0 anything')
    const { item, version } = await importedOne('notes.pdf', bytes)
    expect([item.kind, version.content]).toMatchObject(['file', { hash: hashOf(bytes), size: bytes.length }])
    expect((await importedOne('binary.txt', Buffer.from([1, 0, 2]))).item.kind).toBe('file')
  })
})

describe('a file whose bytes the page has', () => {
  const part = (upload: string, offset: number, bytes: Buffer, last: boolean) =>
    studio.call.pictures.importBytes({ project, name: 'Pasted.png', upload, offset, bytes: bytes.toString('base64'), last })

  test('comes in parts, in order, and a part that is sent twice is taken once', async () => {
    const bytes = await plain(33, 33).png().toBuffer()
    const cut = Math.floor(bytes.length / 2)
    expect(await part('upload-1', 0, bytes.subarray(0, cut), false)).toEqual({ received: cut, imported: [], refused: [], missing: [] })
    await part('upload-1', 0, bytes.subarray(0, cut), false)
    const done = await part('upload-1', cut, bytes.subarray(cut), true)
    expect(done.imported).toMatchObject([{ name: 'Pasted.png' }])
    expect(await part('upload-1', cut, bytes.subarray(cut), true)).toEqual(done)
    expect((await studio.call.items.version({ project, version: done.imported[0]!.version })).content).toMatchObject({ hash: hashOf(bytes), width: 33 })
  })

  test('with a gap it is refused, and a name cannot lead out of its folder', async () => {
    await expect(part('upload-2', 5, Buffer.from('x'), false)).rejects.toMatchObject({ code: 'bad-input' })
    const bytes = await plain(34, 34).png().toBuffer()
    const { imported } = await studio.call.pictures.importBytes({ project, name: '../../../evil.png', upload: 'upload-3', offset: 0, bytes: bytes.toString('base64'), last: true })
    expect((await studio.call.items.get({ project, item: imported[0]!.item })).title).not.toContain('/')
  })
})
