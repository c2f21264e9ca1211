import { cp, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createImageHandlers } from '../handlers.js'
import { enlargePicture } from './enlarge.js'

const folder = fileURLToPath(new URL('../../../../resources/models/upscaler', import.meta.url))
const engine = createImageHandlers()
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'galley-enlarge-'))
})
afterAll(async () => {
  await engine.unload({}, quiet)
  await rm(scratch, { recursive: true, force: true })
})

interface Raw { readonly data: Buffer; readonly width: number; readonly height: number; readonly channels: number }

/** A star on a disc, drawn as large as is asked for. `ground`: none where it is clear around the disc. */
function drawing(side: number, { ground = '#ffffff', wide = side } = {}): Promise<Raw> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${side}" viewBox="0 0 ${(128 * wide) / side} 128">
    ${ground === 'none' ? '' : `<rect width="1000" height="128" fill="${ground}"/>`}<circle cx="64" cy="64" r="52" fill="#e2574c"/>
    <path d="M64 24 76 52 106 54 83 73 91 103 64 86 37 103 45 73 22 54 52 52Z" fill="#fff3c4" stroke="#31241e" stroke-width="4"/></svg>`
  const picture = sharp(Buffer.from(svg))
  return raw(ground === 'none' ? picture.ensureAlpha() : picture.removeAlpha())
}

async function raw(picture: Sharp): Promise<Raw> {
  const { data, info: { width, height, channels } } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data, width, height, channels }
}
const asSharp = ({ data, width, height, channels }: Raw): Sharp => sharp(data, { raw: { width, height, channels: channels as 3 | 4 } })

async function enlarge({ data, width, height, channels }: Raw, options: Partial<typeof quiet> & { path?: string; progress?: (step: number, steps: number) => void } = {}): Promise<Raw> {
  const [path, output] = [join(scratch, 'small.raw'), join(scratch, 'large.raw')]
  await writeFile(path, data)
  const made = await engine.enlarge(
    { path: options.path ?? folder, threads: 1, image: { path, width, height, alpha: channels === 4 }, output },
    { signal: options.signal ?? quiet.signal, onProgress: ({ step, steps }) => options.progress?.(step, steps) },
  )
  return { data: await readFile(output), width: made.width, height: made.height, channels }
}

/** Mean square of the differences of all values. */
const distance = (a: Uint8Array, b: Uint8Array): number => a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0) / a.length

describe('enlarging with the built-in network', () => {
  test('a drawing comes out four times as wide and high, and nearer to the large drawing than by Lanczos', async () => {
    const [small, truth] = [await drawing(128), await drawing(512)]
    const large = await enlarge(small)
    expect([large.width, large.height, large.data.length]).toEqual([512, 512, 512 * 512 * 3])
    const lanczos = await raw(asSharp(small).resize(512, 512, { kernel: 'lanczos3' }))
    expect(distance(large.data, truth.data)).toBeLessThan(distance(lanczos.data, truth.data) * 0.7)
  })

  test('tiles leave no seam: a piece of a wide picture is enlarged as by itself', async () => {
    const wide = await drawing(100, { wide: 300 })
    const crop = { left: 64, top: 0, width: 128, height: 100 }
    const alone = await enlarge(await raw(asSharp(wide).extract(crop)))
    const whole = await raw(asSharp(await enlarge(wide)).extract({ left: 80 * 4, top: 0, width: 96 * 4, height: 400 }))
    const inside = await raw(asSharp(alone).extract({ left: 16 * 4, top: 0, width: 96 * 4, height: 400 }))
    expect(whole.data.reduce((most, value, index) => Math.max(most, Math.abs(value - inside.data[index]!)), 0)).toBeLessThanOrEqual(3)
  })

  test('what is clear stays clear, what is solid stays solid, and no dark rim is drawn', async () => {
    const large = await enlarge(await drawing(128, { ground: 'none' }))
    const pixel = (x: number, y: number): number[] => [...large.data.subarray((y * 512 + x) * 4, (y * 512 + x) * 4 + 4)]
    expect([pixel(3, 3)[3], pixel(508, 3)[3], pixel(256, 256)[3]]).toEqual([0, 0, 255])
    const onWhite = await raw(asSharp(large).flatten({ background: 'white' }))
    const truth = await drawing(512)
    expect(Math.sqrt(distance(onWhite.data, truth.data))).toBeLessThan(12)
    for (let x = 40; x < 60; x++) if (pixel(x, 256)[3]! > 20) expect(pixel(x, 256)[0]).toBeGreaterThan(180)
  })

  test('sizes that are no multiple of anything are taken, down to one pixel', async () => {
    for (const [width, height] of [[1, 1], [7, 131], [129, 3]] as const) {
      const picture = await raw(sharp({ create: { width, height, channels: 3, background: '#3366cc' } }))
      const large = await enlarge(picture)
      expect([large.width, large.height]).toEqual([width * 4, height * 4])
      expect(Math.abs(large.data[2]! - 0xcc)).toBeLessThan(8)
    }
  })

  test('the same picture gives the same bytes, and progress counts its tiles', async () => {
    const picture = await drawing(140)
    const steps: string[] = []
    const [first, second] = [await enlarge(picture, { progress: (step, all) => steps.push(`${step}/${all}`) }), await enlarge(picture)]
    expect(first.data.equals(second.data)).toBe(true)
    expect(steps).toEqual(['1/4', '2/4', '3/4', '4/4'])
  })

  test('it can be cancelled between two tiles, and leaves no file', async () => {
    const abort = new AbortController()
    await rm(join(scratch, 'large.raw'), { force: true })
    const seen: number[] = []
    const work = enlarge(await drawing(140), { signal: abort.signal, progress: (step) => { seen.push(step); if (step === 2) abort.abort() } })
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual([1, 2])
    expect((await readdir(scratch)).filter((name) => name.startsWith('large'))).toEqual([])
  })

  test('a raw file of another size is refused, and so is a folder whose network is cut short or missing', async () => {
    const picture = await drawing(16)
    await expect(enlarge({ ...picture, width: 17 })).rejects.toMatchObject({ code: 'bad-input' })
    const broken = join(scratch, 'broken')
    await cp(folder, broken, { recursive: true })
    await truncate(join(broken, 'network/model.onnx'), 300_000)
    await expect(enlarge(picture, { path: broken })).rejects.toMatchObject({ code: 'not-a-model' })
    await rm(join(broken, 'network'), { recursive: true })
    await expect(engine.inspectUpscaler({ path: broken }, quiet)).rejects.toMatchObject({ code: 'not-a-model', data: { detail: 'network/model.onnx is missing' } })
    expect(await engine.inspectUpscaler({ path: folder }, quiet)).toMatchObject({ factor: 4, name: expect.stringContaining('×4') })
    expect((await enlarge(picture)).width).toBe(64)
  })

  test('numbers that are no numbers are an error, not a black picture', async () => {
    const picture = await drawing(16)
    await writeFile(join(scratch, 'small.raw'), picture.data)
    const sick = {
      path: '', name: '', fileSize: 0, factor: 4, overlap: 0, multiple: 1, threads: 1, release: async () => undefined,
      run: async (_low: Float32Array, width: number, height: number) => new Float32Array(3 * 16 * width * height).fill(Number.NaN),
    }
    const image = { path: join(scratch, 'small.raw'), width: 16, height: 16, alpha: false }
    await expect(enlargePicture(sick, { path: '', threads: 1, image, output: join(scratch, 'sick.raw') }, quiet)).rejects.toMatchObject({ code: 'bad-output' })
    expect((await readdir(scratch)).filter((name) => name.startsWith('sick'))).toEqual([])
  })
})
