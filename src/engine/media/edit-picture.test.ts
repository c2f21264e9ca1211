import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PictureEditStep } from '../../contract/index.js'
import { createMediaHandlers } from './handlers.js'

const media = createMediaHandlers()
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-edit-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)
const [width, height] = [12, 7]
/** Every pixel says where it is. */
const numbered = Buffer.from(Array.from({ length: width * height }, (_, pixel) => [pixel % width, Math.floor(pixel / width), 200]).flat())
const numberedPng = () => sharp(numbered, { raw: { width, height, channels: 3 } }).png()

async function edit(steps: PictureEditStep[], name = 'picture.png'): Promise<{ width: number; height: number; pixel(x: number, y: number): number[] }> {
  const made = await media.edit({ path: at(name), output: at('edited.png'), steps }, quiet)
  const { data, info } = await sharp(await readFile(at('edited.png'))).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: made.width, height: made.height })
  return { width: made.width, height: made.height, pixel: (x, y) => [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)] }
}

test('a crop has the pixels of its region and no others', async () => {
  await writeFile(at('picture.png'), await numberedPng().toBuffer())
  const region = fc.tuple(fc.nat(width - 1), fc.nat(height - 1)).chain(([x, y]) =>
    fc.record({ x: fc.constant(x), y: fc.constant(y), width: fc.integer({ min: 1, max: width - x }), height: fc.integer({ min: 1, max: height - y }) }),
  )
  await fc.assert(
    fc.asyncProperty(region, async (crop) => {
      const made = await edit([{ kind: 'crop', ...crop }])
      expect([made.width, made.height]).toEqual([crop.width, crop.height])
      for (let y = 0; y < crop.height; y++) for (let x = 0; x < crop.width; x++) expect(made.pixel(x, y)).toEqual([crop.x + x, crop.y + y, 200])
    }),
    { numRuns: 30 },
  )
})

test('steps are done in the order in which they stand, each on what the one before left', async () => {
  await writeFile(at('picture.png'), await numberedPng().toBuffer())
  // Turned clockwise the left lower corner comes first; flipped after that, the left upper one.
  expect((await edit([{ kind: 'turn', degrees: 90 }])).pixel(0, 0)).toEqual([0, height - 1, 200])
  const turnedThenFlipped = await edit([{ kind: 'turn', degrees: 90 }, { kind: 'flip', axis: 'horizontal' }, { kind: 'crop', x: 1, y: 2, width: 3, height: 4 }])
  expect([turnedThenFlipped.width, turnedThenFlipped.height]).toEqual([3, 4])
  expect(turnedThenFlipped.pixel(0, 0)).toEqual([2, 1, 200])
  const cropThenTurn = await edit([{ kind: 'crop', x: 4, y: 1, width: 2, height: 5 }, { kind: 'turn', degrees: 180 }])
  expect(cropThenTurn.pixel(0, 0)).toEqual([5, 5, 200])
})

test('four quarter turns, or two flips, lead back to the same bytes', async () => {
  await writeFile(at('picture.png'), await numberedPng().toBuffer())
  const bytes = async (steps: PictureEditStep[]): Promise<Buffer> => {
    await edit(steps)
    return readFile(at('edited.png'))
  }
  const plain = await bytes([{ kind: 'crop', x: 0, y: 0, width, height }])
  expect((await bytes(Array.from({ length: 4 }, () => ({ kind: 'turn', degrees: 90 } as const)))).equals(plain)).toBe(true)
  expect((await bytes([{ kind: 'flip', axis: 'vertical' }, { kind: 'flip', axis: 'vertical' }])).equals(plain)).toBe(true)
})

test('a photograph held sideways is cropped as it is seen', async () => {
  const left = sharp({ create: { width: 40, height: 20, channels: 3, background: '#0000ff' } }).composite([{ input: { create: { width: 20, height: 20, channels: 3, background: '#ff0000' } }, left: 0, top: 0 }])
  // Orientation 6: what the camera wrote is turned clockwise to be seen, so that the red half is above.
  await writeFile(at('sideways.jpg'), await left.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).withMetadata({ orientation: 6 }).toBuffer())
  const top = await edit([{ kind: 'crop', x: 2, y: 2, width: 16, height: 12 }], 'sideways.jpg')
  expect(top.pixel(8, 6)[0]).toBeGreaterThan(240)
  expect((await edit([{ kind: 'resize', width: 10, height: 20 }], 'sideways.jpg')).pixel(5, 18)[2]).toBeGreaterThan(240)
})

test('what shines through stays so, and a region outside of the picture is refused', async () => {
  await writeFile(at('glass.png'), await sharp({ create: { width: 6, height: 6, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } } }).png().toBuffer())
  await media.edit({ path: at('glass.png'), output: at('edited.png'), steps: [{ kind: 'resize', width: 3, height: 3 }] }, quiet)
  expect((await sharp(await readFile(at('edited.png'))).metadata()).hasAlpha).toBe(true)
  for (const step of [{ kind: 'crop', x: 3, y: 0, width: 4, height: 2 }, { kind: 'crop', x: 0, y: 6, width: 1, height: 1 }, { kind: 'resize', width: 60_000, height: 60_000 }] as const) {
    await expect(media.edit({ path: at('glass.png'), output: at('edited.png'), steps: [step] }, quiet)).rejects.toMatchObject({ code: 'bad-input' })
  }
})
