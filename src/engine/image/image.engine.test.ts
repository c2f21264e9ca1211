import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EngineParams, EngineProgress } from '../../contract/index.js'
import { createImageHandlers } from './handlers.js'
import { fromRgb } from './raw-picture.js'
import { openTokenizer } from './tokenizer.js'

const starter = fileURLToPath(new URL('../../../resources/models/starter', import.meta.url))
const engine = createImageHandlers()
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'galley-image-'))
  await engine.load({ path: starter, threads: 2 }, quiet)
})
afterAll(async () => {
  await engine.unload({}, quiet)
  await rm(scratch, { recursive: true, force: true })
})

type Request = EngineParams<'image', 'generate'>
async function make(changes: Partial<Request> = {}, progress: EngineProgress<'image', 'generate'>[] = []): Promise<Buffer> {
  const output = join(scratch, 'out.rgb')
  await engine.generate(
    {
      prompt: 'pink heart, modern',
      negativePrompt: '',
      seed: 1,
      steps: 4,
      guidance: 1,
      sampler: 'flow euler',
      width: 128,
      height: 128,
      output,
      ...changes,
    },
    { signal: quiet.signal, onProgress: (value) => progress.push(value) },
  )
  return readFile(output)
}
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
/** Mean colour of a box in the middle of the picture. */
function middle(rgb: Buffer): { red: number; green: number; blue: number } {
  const sum = [0, 0, 0]
  for (let y = 48; y < 80; y++)
    for (let x = 48; x < 80; x++) for (let channel = 0; channel < 3; channel++) sum[channel]! += rgb[(y * 128 + x) * 3 + channel]! / 1024
  return { red: sum[0]!, green: sum[1]!, blue: sum[2]! }
}
const distance = (a: Uint8Array, b: Uint8Array): number => Math.sqrt(a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0) / a.length)

interface Expected {
  tokens: { text: string; ids: number[] }[]
  pictures: { prompt: string; negativePrompt: string; seed: number; steps: number; guidance: number; means: number[] }[]
}
const expected = JSON.parse(readFileSync(new URL('./testing/expected-picture.json', import.meta.url), 'utf8')) as Expected

describe('agreement with Python’s onnxruntime and tokenizers (testing/expected-picture.py)', () => {
  test('words become the same tokens', async () => {
    const tokenizer = await openTokenizer(starter)
    for (const { text, ids } of expected.tokens) expect(tokenizer.encode(text, 512).ids, text).toEqual(ids)
  })

  test('whole pictures are the same to within two of 255 levels in every 16 × 16 square', async () => {
    for (const { means, ...request } of expected.pictures) {
      const rgb = await make(request)
      const found = means.map((_, index) => {
        const [square, channel] = [Math.floor(index / 3), index % 3]
        let sum = 0
        for (let y = 0; y < 16; y++) for (let x = 0; x < 16; x++) sum += rgb[((Math.floor(square / 8) * 16 + y) * 128 + (square % 8) * 16 + x) * 3 + channel]!
        return sum / 256
      })
      expect(Math.max(...found.map((value, index) => Math.abs(value - means[index]!)))).toBeLessThan(2)
    }
  })
})

describe('agreement with the recipe of sentence-transformers (testing/expected-meaning.py)', () => {
  test('vectors are the same to a ten-thousandth, alone, in a batch, and where a text is too long', async () => {
    const expected = JSON.parse(readFileSync(new URL('./testing/expected-meaning.json', import.meta.url), 'utf8')) as { text: string; vector: number[] }[]
    const { vectors: together } = await engine.embed({ path: starter, texts: expected.map(({ text }) => text) }, quiet)
    for (const [index, { text, vector }] of expected.entries()) {
      const { vectors: alone } = await engine.embed({ path: starter, texts: [text] }, quiet)
      for (const found of [together[index]!, alone[0]!]) expect(Math.max(...found.map((value, at) => Math.abs(value - vector[at]!))), text.slice(0, 40)).toBeLessThan(1e-4)
    }
  })
})

describe('the picture engine with the starter model', () => {
  test('says what the model can do', async () => {
    expect(await engine.inspect({ path: starter }, quiet)).toMatchObject({
      pipeline: 'StarterIconPipeline',
      name: 'Starter pictures',
      sizes: [[128, 128]],
      steps: 4,
      guidance: 1,
      negativePrompt: false,
      operations: ['text-to-image', 'image-to-image', 'inpaint'],
      samplers: ['flow euler'],
      transparent: true,
    })
  })

  test('paints a pink heart pink on white, and a blue one blue', async () => {
    const pink = await make()
    expect(middle(pink).red).toBeGreaterThan(middle(pink).green + 80)
    expect([...pink.subarray(0, 3)].every((value) => value > 230)).toBe(true)
    const blue = middle(await make({ prompt: 'blue heart, modern' }))
    expect(blue.blue).toBeGreaterThan(blue.red + 60)
  })

  test('leaves the background transparent: see-through around a face, opaque within it, the white of its eyes and teeth too', async () => {
    const prompt = 'grinning face with big eyes, modern'
    const [plain, clear] = [await make({ prompt }), await make({ prompt, transparent: true })]
    expect(clear).toHaveLength(128 * 128 * 4)
    const alpha = (x: number, y: number): number => clear[(y * 128 + x) * 4 + 3]!
    for (const [x, y] of [[0, 0], [127, 0], [0, 127], [127, 127]] as const) expect(alpha(x, y)).toBe(0)
    const inside = Array.from({ length: 128 * 128 }, (_, index) => [index % 128, Math.floor(index / 128)] as const).filter(([x, y]) => Math.hypot(x - 64, y - 64) < 36)
    expect(inside.every(([x, y]) => alpha(x, y) === 255)).toBe(true)
    const whites = inside.filter(([x, y]) => plain.subarray((y * 128 + x) * 3, (y * 128 + x) * 3 + 3).every((value) => value > 240))
    expect(whites.length).toBeGreaterThan(50)
  })

  test('gives the same bytes for the same seed, and others for another seed, prompt or guidance', async () => {
    const again = [await make(), await make()] as const
    expect(hash(again[0])).toBe(hash(again[1]))
    const others = [
      await make({ seed: 2 }),
      await make({ prompt: 'red heart, modern' }),
      await make({ guidance: 4 }),
      await make({ guidance: 4, negativePrompt: 'pink' }),
    ]
    expect(new Set([again[0], ...others].map(hash)).size).toBe(5)
  })

  test('previews look like the picture that comes', async () => {
    const progress: EngineProgress<'image', 'generate'>[] = []
    const preview = join(scratch, 'preview.rgb')
    const rgb = await make({ preview }, progress)
    expect(progress.map(({ step, steps }) => `${step}/${steps}`)).toEqual(Array.from({ length: 4 }, (_, index) => `${index + 1}/4`))
    expect(progress.find((value) => value.preview)?.preview).toEqual({ number: 1, width: 128, height: 128 })
    const early = await readFile(preview)
    expect(distance(early, rgb)).toBeLessThan(75)
    expect(distance(early, await make({ prompt: 'green dragon, 3d', seed: 5 }))).toBeGreaterThan(distance(early, rgb))
  })

  test('can be cancelled between two steps', async () => {
    const abort = new AbortController()
    let steps = 0
    const work = engine.generate(
      {
        prompt: 'a cat',
        negativePrompt: '',
        seed: 1,
        steps: 20,
        guidance: 4,
        sampler: 'flow euler',
        width: 128,
        height: 128,
        output: join(scratch, 'cancelled.rgb'),
      },
      {
        signal: abort.signal,
        onProgress: () => {
          if (++steps === 3) abort.abort()
        },
      },
    )
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(steps).toBe(3)
  })

  test('starts from a picture: strength 0 gives it back, more strength leaves it further behind', async () => {
    const source = await make()
    const image = join(scratch, 'source.rgb')
    await writeFile(image, source)
    expect(fromRgb(source, 128, 128)).toHaveLength(3 * 128 * 128)
    const distances: number[] = []
    for (const strength of [0, 0.4, 0.9]) distances.push(distance(await make({ prompt: 'green apple', seed: 9, image: { path: image, strength } }), source))
    expect(distances[0]).toBeLessThan(12)
    expect(distances[1]).toBeGreaterThan(distances[0]!)
    expect(distances[2]).toBeGreaterThan(distances[1]!)
  })

  test('a given picture takes the colour that is asked for, more of it with more strength, and stays clean: its white stays white', async () => {
    const source = await make({ prompt: 'red heart, modern', seed: 4 })
    const image = join(scratch, 'red.rgb')
    await writeFile(image, source)
    const blueness: number[] = []
    for (const strength of [0.1, 0.3, 0.5]) {
      const made = await make({ prompt: 'a blue heart', seed: 9, image: { path: image, strength } })
      blueness.push(middle(made).blue - middle(made).red)
      const ground = Array.from({ length: 128 * 128 }, (_, pixel) => pixel).filter((pixel) => source.subarray(pixel * 3, pixel * 3 + 3).every((value) => value > 252))
      expect(ground.length).toBeGreaterThan(1000)
      expect(ground.reduce((sum, pixel) => sum + made[pixel * 3]! + made[pixel * 3 + 1]! + made[pixel * 3 + 2]!, 0) / ground.length / 3).toBeGreaterThan(248)
    }
    expect(blueness).toEqual(blueness.toSorted((a, b) => a - b))
    expect(blueness[2]! - blueness[0]!).toBeGreaterThan(80)
  })

  test('asked for nothing it draws nothing', async () => {
    expect((await make({ prompt: '' })).every((value) => value > 240)).toBe(true)
  })

  test('counts: two hearts cover both halves and leave the middle free', async () => {
    const two = await make({ prompt: 'two hearts, modern' })
    const ink = (from: number, to: number): number => Array.from({ length: 128 * 128 }, (_, pixel) => pixel).filter((pixel) => pixel % 128 >= from && pixel % 128 < to && two[pixel * 3 + 1]! < 200).length
    expect(Math.min(ink(0, 60), ink(68, 128))).toBeGreaterThan(500)
    expect(ink(62, 66)).toBeLessThan(60)
  })

  test('finds the nearer meaning: 384 numbers of length 1, the same alone and among others', async () => {
    const texts = ['a puppy plays in the garden', 'a young dog outdoors', 'quarterly tax return of the company', '', 'word '.repeat(600)]
    const { vectors } = await engine.embed({ path: starter, texts }, quiet)
    expect(vectors.map((vector) => vector.length)).toEqual([384, 384, 384, 384, 384])
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 6)
    const likeness = (a: number[], b: number[]): number => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
    expect(likeness(vectors[0]!, vectors[1]!)).toBeGreaterThan(likeness(vectors[0]!, vectors[2]!) + 0.3)
    const alone = await engine.embed({ path: starter, texts: [texts[0]!] }, quiet)
    expect(likeness(alone.vectors[0]!, vectors[0]!)).toBeGreaterThan(0.9999)
  })

  test('a folder whose graph is cut short is refused, the part named, and the next model still loads', async () => {
    const broken = join(scratch, 'broken')
    await cp(starter, broken, { recursive: true })
    await truncate(join(broken, 'vae_decoder/model.onnx'), 600_000)
    await expect(engine.load({ path: broken, threads: 1 }, quiet)).rejects.toMatchObject({
      code: 'not-a-model',
      data: { detail: expect.stringContaining('vae_decoder/model.onnx') },
    })
    await engine.load({ path: starter, threads: 2 }, quiet)
    expect(await make()).toHaveLength(128 * 128 * 3)
  })

  test('without a model it says so', async () => {
    const empty = createImageHandlers()
    await expect(
      empty.generate({ prompt: '', negativePrompt: '', seed: 0, steps: 1, guidance: 1, sampler: '', width: 1, height: 1, output: '' }, quiet),
    ).rejects.toMatchObject({ code: 'model-missing' })
  })
})
