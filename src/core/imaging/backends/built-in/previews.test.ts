import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodePreview } from './png.js'
import { createPreviewWriter } from './previews.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-previews-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a preview is a PNG with exactly the pixels that were given', async () => {
  const rgb = Uint8Array.from({ length: 5 * 3 * 3 }, (_, index) => index * 5)
  const png = await encodePreview(rgb, 5, 3)
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([5, 3])
  const length = png.readUInt32BE(33)
  const rows = inflateSync(png.subarray(41, 41 + length))
  const pixels = Array.from({ length: 3 }, (_, row) => [...rows.subarray(row * 16 + 1, row * 16 + 16)]).flat()
  expect(pixels).toEqual([...rgb])
})

test('previews that come too fast or do not fit their size are left out, and none is told after the end', async () => {
  const raw = join(folder, 'raw')
  await writeFile(raw, Buffer.alloc(2 * 2 * 3))
  const told: number[] = []
  const writer = createPreviewWriter(raw, folder, ({ number }) => told.push(number))
  writer.take({ number: 1, width: 2, height: 2 })
  writer.take({ number: 2, width: 2, height: 2 })
  await expect.poll(() => told).toEqual([1])
  writer.take({ number: 3, width: 9, height: 9 })
  await new Promise((done) => setTimeout(done, 30))
  writer.take({ number: 4, width: 2, height: 2 })
  await writer.settle()
  writer.take({ number: 5, width: 2, height: 2 })
  await new Promise((done) => setTimeout(done, 30))
  expect(told).toEqual([1, 4])
  expect((await readFile(join(folder, 'preview.png'))).length).toBeGreaterThan(50)
})
