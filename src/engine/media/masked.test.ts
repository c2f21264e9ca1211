import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMediaHandlers } from './handlers.js'
import { maskRegion, paintedBox } from './mask-region.js'

const media = createMediaHandlers()
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-masked-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

const noise = (width: number, height: number, channels: 3 | 4): Buffer => Buffer.from(Array.from({ length: width * height * channels }, (_, index) => (index * 37 + (index >> 3) * 11) % 256))
async function maskFile(width: number, height: number, isPainted: (x: number, y: number) => boolean): Promise<void> {
  const bytes = Buffer.from(Array.from({ length: width * height }, (_, index) => (isPainted(index % width, Math.floor(index / width)) ? 255 : 0)))
  await writeFile(at('mask.png'), await sharp(bytes, { raw: { width, height, channels: 1 } }).png().toBuffer())
}
const raw = async (name: string) => sharp(await readFile(at(name))).raw().toBuffer({ resolveWithObject: true })

/** Cuts, paints the patch plain red, and pastes. */
async function repaint(width: number, height: number, model: { width: number; height: number }) {
  const { region } = await media.cutMasked({ path: at('picture.png'), mask: at('mask.png'), ...model, output: at('start.rgb'), maskOutput: at('start.gray') }, quiet)
  await writeFile(at('patch.rgb'), Buffer.from(Array.from({ length: model.width * model.height * 3 }, (_, index) => (index % 3 === 0 ? 255 : 0))))
  const made = await media.pasteMasked({ path: at('picture.png'), mask: at('mask.png'), patch: at('patch.rgb'), ...model, region, output: at('made.png') }, quiet)
  expect(made).toMatchObject({ width, height })
  return { region, before: await raw('picture.png'), after: await raw('made.png') }
}

test('outside of the mask every pixel of a larger picture stays to the byte, also what shines through, and inside it is the new one, which nothing shines through', async () => {
  for (const channels of [3, 4] as const) {
    await writeFile(at('picture.png'), await sharp(noise(90, 60, channels), { raw: { width: 90, height: 60, channels } }).png().toBuffer())
    await maskFile(90, 60, (x, y) => x >= 50 && x < 70 && y >= 10 && y < 30)
    const { before, after } = await repaint(90, 60, { width: 32, height: 32 })
    expect(after.info.channels).toBe(channels)
    for (let pixel = 0; pixel < 90 * 60; pixel++) {
      const [x, y] = [pixel % 90, Math.floor(pixel / 90)]
      const isPainted = x >= 50 && x < 70 && y >= 10 && y < 30
      const colour = [...after.data.subarray(pixel * channels, pixel * channels + 3)]
      expect(colour).toEqual(isPainted ? [255, 0, 0] : [...before.data.subarray(pixel * channels, pixel * channels + 3)])
      // Paint can be seen, also where the picture was clear.
      if (channels === 4) expect(after.data[pixel * 4 + 3]).toBe(isPainted ? 255 : before.data[pixel * 4 + 3])
    }
  }
})

test('a patch with clear places leaves the painted part clear there, in an opaque picture and in a clear one', async () => {
  const isPainted = (x: number): boolean => x >= 8 && x < 24
  for (const channels of [3, 4] as const) {
    await writeFile(at('picture.png'), await sharp(noise(32, 32, channels), { raw: { width: 32, height: 32, channels } }).png().toBuffer())
    await maskFile(32, 32, isPainted)
    const place = { path: at('picture.png'), mask: at('mask.png'), width: 32, height: 32 }
    const { region } = await media.cutMasked({ ...place, output: at('start.rgb'), maskOutput: at('start.gray') }, quiet)
    // Clear on the left, green on the right.
    await writeFile(at('patch.rgba'), Buffer.from(Array.from({ length: 32 * 32 }, (_, pixel) => (pixel % 32 < 16 ? [0, 0, 0, 0] : [0, 200, 0, 255])).flat()))
    await media.pasteMasked({ ...place, patch: at('patch.rgba'), alpha: true, region, output: at('made.png') }, quiet)
    const [before, after] = [await sharp(at('picture.png')).ensureAlpha().raw().toBuffer(), await raw('made.png')]
    expect(after.info.channels).toBe(4)
    for (let pixel = 0; pixel < 32 * 32; pixel++) {
      const x = pixel % 32
      const expected = isPainted(x) ? (x < 16 ? [0, 0, 0, 0] : [0, 200, 0, 255]) : [...before.subarray(pixel * 4, pixel * 4 + 4)]
      expect([...after.data.subarray(pixel * 4, pixel * 4 + 4)]).toEqual(expected)
    }
  }
})

test('of a picture of the model’s own size the model sees exactly that picture and that mask', async () => {
  await writeFile(at('picture.png'), await sharp(noise(32, 32, 3), { raw: { width: 32, height: 32, channels: 3 } }).png().toBuffer())
  await maskFile(32, 32, (x, y) => x > 3 && x < 9 && y > 20)
  const { region } = await repaint(32, 32, { width: 32, height: 32 })
  expect(region).toEqual({ x: 0, y: 0, width: 32, height: 32 })
  expect((await readFile(at('start.rgb'))).equals(noise(32, 32, 3))).toBe(true)
  expect(paintedBox(await readFile(at('start.gray')), { width: 32, height: 32 })).toEqual({ x: 4, y: 21, width: 5, height: 11 })
})

test('a mask that was painted on a smaller canvas fits, one of another shape or without paint is refused', async () => {
  await writeFile(at('picture.png'), await sharp(noise(80, 40, 3), { raw: { width: 80, height: 40, channels: 3 } }).png().toBuffer())
  await maskFile(40, 20, (x) => x < 10)
  const { before, after } = await repaint(80, 40, { width: 16, height: 16 })
  expect([...after.data.subarray(0, 3)]).toEqual([255, 0, 0])
  expect(after.data.subarray(30 * 3, 80 * 3).equals(before.data.subarray(30 * 3, 80 * 3))).toBe(true)
  await maskFile(20, 20, () => true)
  await expect(repaint(80, 40, { width: 16, height: 16 })).rejects.toMatchObject({ code: 'bad-input' })
  await maskFile(80, 40, () => false)
  await expect(repaint(80, 40, { width: 16, height: 16 })).rejects.toMatchObject({ code: 'bad-input' })
})

test('the region holds all that was painted, has the model’s shape, and lies on the picture wherever that is large enough', () => {
  const size = fc.record({ width: fc.integer({ min: 8, max: 5000 }), height: fc.integer({ min: 8, max: 5000 }) })
  const model = fc.constantFrom({ width: 512, height: 512 }, { width: 128, height: 128 }, { width: 768, height: 512 }, { width: 512, height: 768 })
  fc.assert(fc.property(size, model, fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), (picture, shape, [a, b, c, d]) => {
    const x = Math.floor(a * (picture.width - 1))
    const y = Math.floor(b * (picture.height - 1))
    const box = { x, y, width: 1 + Math.floor(c * (picture.width - x - 1)), height: 1 + Math.floor(d * (picture.height - y - 1)) }
    const region = maskRegion(box, picture, shape)
    expect(region.x).toBeLessThanOrEqual(box.x)
    expect(region.y).toBeLessThanOrEqual(box.y)
    expect(region.x + region.width).toBeGreaterThanOrEqual(box.x + box.width)
    expect(region.y + region.height).toBeGreaterThanOrEqual(box.y + box.height)
    expect(Math.abs(region.width / region.height - shape.width / shape.height)).toBeLessThan(0.2)
    if (region.width <= picture.width) expect(region.x >= 0 && region.x + region.width <= picture.width).toBe(true)
    if (region.height <= picture.height) expect(region.y >= 0 && region.y + region.height <= picture.height).toBe(true)
  }), { numRuns: 500 })
})
