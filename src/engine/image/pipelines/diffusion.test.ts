import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineParams } from '../../../contract/index.js'
import { createImageHandlers } from '../handlers.js'
import { tinyDiffusionFolder } from '../testing/tiny-diffusion.js'
import { writeFolder } from '../testing/tiny-onnx.js'
import { openTokenizer } from '../tokenizer.js'
import { guidanceEmbedding } from './diffusion.js'

const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
let folder: string
let engine: ReturnType<typeof createImageHandlers>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-diffusion-'))
  engine = createImageHandlers()
})
afterEach(async () => {
  await engine.unload({}, quiet)
  await rm(folder, { recursive: true, force: true })
})

async function load(files: Parameters<typeof tinyDiffusionFolder>[0] = {}): Promise<void> {
  await writeFolder(folder, tinyDiffusionFolder(files))
  await engine.load({ path: folder, threads: 1 }, quiet)
}
async function make(changes: Partial<EngineParams<'image', 'generate'>> = {}): Promise<Buffer> {
  const output = join(folder, 'out.rgb')
  await engine.generate(
    {
      prompt: 'red cat',
      negativePrompt: '',
      seed: 1,
      steps: 10,
      guidance: 3,
      sampler: 'ddim',
      width: 64,
      height: 64,
      output,
      ...changes,
    },
    quiet,
  )
  return readFile(output)
}

describe('a Stable Diffusion folder', () => {
  test('is understood: samplers of its own first, sizes of the folder, eight pixels to a latent', async () => {
    await writeFolder(folder, tinyDiffusionFolder())
    expect(await engine.inspect({ path: folder }, quiet)).toMatchObject({
      pipeline: 'StableDiffusionPipeline',
      name: 'Tiny diffusion',
      sizes: [
        [64, 64],
        [128, 64],
      ],
      samplers: ['ddim', 'euler', 'dpm++ 2m'],
      steps: 20,
      guidance: 7.5,
      negativePrompt: true,
      operations: ['text-to-image', 'image-to-image', 'inpaint'],
    })
  })

  test('makes pictures with each of its samplers and sizes, the same ones for the same seed', async () => {
    await load()
    const pictures = new Set<string>()
    for (const sampler of ['ddim', 'euler', 'dpm++ 2m']) {
      const picture = await make({ sampler })
      expect(picture.equals(await make({ sampler }))).toBe(true)
      expect(Math.max(...picture) - Math.min(...picture)).toBeGreaterThan(10)
      pictures.add(picture.toString('base64'))
    }
    expect(pictures.size).toBe(3)
    expect(await make({ width: 128 })).toHaveLength(128 * 64 * 3)
  })

  test('hears prompt, negative prompt and guidance; with guidance 1 the negative prompt is not asked', async () => {
    await load()
    const plain = await make()
    for (const changes of [{ prompt: 'a dog' }, { negativePrompt: 'cat' }, { guidance: 6 }]) expect((await make(changes)).equals(plain)).toBe(false)
    expect((await make({ guidance: 1 })).equals(await make({ guidance: 1, negativePrompt: 'cat' }))).toBe(true)
  })

  test('takes older exports: 32-bit token numbers, and a timestep without a dimension or as a float', async () => {
    await load()
    const wanted = await make()
    for (const [shape, type] of [
      [[], 'int64'],
      [[1], 'float32'],
      [[], 'float32'],
    ] as const) {
      await load({ ids: 'int32', timestep: ['timestep', type, shape] })
      expect((await make()).equals(wanted)).toBe(true)
    }
  })

  test('starts from a picture, whose encoder answers with a mean and a variance', async () => {
    await load()
    const image = join(folder, 'start.rgb')
    await writeFile(image, Buffer.alloc(64 * 64 * 3, 200))
    const near = await make({ image: { path: image, strength: 0.2 } })
    expect(near.equals(await make({ image: { path: image, strength: 0.2 } }))).toBe(true)
    expect(near.equals(await make({ image: { path: image, strength: 0.9 } }))).toBe(false)
  })

  /** A picture of stripes, and a mask whose lower right corner is painted, soft in its middle column. */
  async function masked(): Promise<{ source: Buffer; mask: Buffer; files: { image: { path: string; strength: number }; mask: { path: string } } }> {
    const source = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7) % 251))
    const mask = Buffer.from(Array.from({ length: 64 * 64 }, (_, index) => (index % 64 < 32 || index < 64 * 32 ? 0 : index % 64 === 32 ? 128 : 255)))
    const files = { image: { path: join(folder, 'start.rgb'), strength: 0.8 }, mask: { path: join(folder, 'mask.gray') } }
    await writeFile(files.image.path, source)
    await writeFile(files.mask.path, mask)
    return { source, mask, files }
  }

  test('paints within a mask with every sampler, and leaves all else to the byte', async () => {
    await load()
    const { source, mask, files } = await masked()
    for (const sampler of ['ddim', 'euler', 'dpm++ 2m']) {
      const made = await make({ sampler, ...files })
      const changed = mask.reduce((count, share, pixel) => {
        const same = [0, 1, 2].every((channel) => made[pixel * 3 + channel] === source[pixel * 3 + channel])
        if (share === 0 && !same) throw new Error(`${sampler}: pixel ${pixel} lies outside of the mask and changed`)
        return count + (same ? 0 : 1)
      }, 0)
      expect(changed).toBeGreaterThan(900)
      expect(made.equals(await make({ sampler, ...files }))).toBe(true)
    }
  })

  test('what lies outside of a mask is told to the network at each step as it is, and not as it would have been painted', async () => {
    await load()
    const { files } = await masked()
    const plain = await make({ image: files.image })
    const within = await make(files)
    // The network averages nothing over space, so that inside the mask both come to the same.
    const at = (40 * 64 + 50) * 3
    expect([...within.subarray(at, at + 3)]).toEqual([...plain.subarray(at, at + 3)])
    await writeFile(files.mask.path, Buffer.alloc(64 * 64, 255))
    expect((await make(files)).equals(plain)).toBe(true)
    await expect(make({ mask: files.mask })).rejects.toMatchObject({ code: 'not-supported' })
    await writeFile(files.mask.path, Buffer.alloc(64))
    await expect(make(files)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('a latent consistency folder', () => {
  const scheduler = { _class_name: 'LCMScheduler', beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear', original_inference_steps: 50 }
  test('is told the guidance scale as an embedding, in one pass and four steps, and has no negative prompt', async () => {
    await load({ pipeline: 'LatentConsistencyModelPipeline', scheduler, guidanceEmbedding: 32 })
    expect(await engine.inspect({ path: folder }, quiet)).toMatchObject({ steps: 4, samplers: ['lcm'], negativePrompt: false })
    const plain = await make({ sampler: 'lcm', steps: 4, guidance: 8 })
    expect(plain.equals(await make({ sampler: 'lcm', steps: 4, guidance: 8 }))).toBe(true)
    expect(plain.equals(await make({ sampler: 'lcm', steps: 4, guidance: 2 }))).toBe(false)
  })

  test('paints within a mask, too: the noise of its steps stays inside', async () => {
    await load({ pipeline: 'LatentConsistencyModelPipeline', scheduler, guidanceEmbedding: 32 })
    const image = { path: join(folder, 'start.rgb'), strength: 1 }
    const mask = { path: join(folder, 'mask.gray') }
    const source = Buffer.alloc(64 * 64 * 3, 90)
    await writeFile(image.path, source)
    await writeFile(mask.path, Buffer.from(Array.from({ length: 64 * 64 }, (_, index) => (index < 64 * 20 ? 255 : 0))))
    const made = await make({ sampler: 'lcm', steps: 4, guidance: 8, image, mask })
    expect(made.subarray(64 * 20 * 3).equals(source.subarray(64 * 20 * 3))).toBe(true)
    expect(made.subarray(0, 64 * 20 * 3).equals(source.subarray(0, 64 * 20 * 3))).toBe(false)
  })

  test('the embedding is sines, then cosines, of the scale less one', () => {
    const [first, , , fourth] = guidanceEmbedding(8, 6)
    expect(first).toBeCloseTo(Math.sin(7000), 6)
    expect(fourth).toBeCloseTo(Math.cos(7000), 6)
  })
})

describe('CLIP’s words', () => {
  test('are split, lower-cased and joined from vocab.json and merges.txt, between begin and end marks', async () => {
    const files = tinyDiffusionFolder()
    await writeFolder(folder, files)
    const vocabulary = JSON.parse(files['tokenizer/vocab.json'] as string) as Record<string, number>
    const tokens = Object.fromEntries(Object.entries(vocabulary).map(([word, id]) => [id, word]))
    const { ids } = (await openTokenizer(folder)).encode('  Red   CAT, he42', 77)
    expect(ids.map((id) => tokens[id])).toEqual(['<|startoftext|>', 'red</w>', 'cat</w>', ',</w>', 'h', 'e</w>', '4</w>', '2</w>', '<|endoftext|>'])
  })

  test('too many lose their end but keep the closing mark', async () => {
    await writeFolder(folder, tinyDiffusionFolder())
    const { ids, cut } = (await openTokenizer(folder)).encode('cat '.repeat(100), 77)
    expect([ids.length, cut, ids.at(-1)! - ids[0]!]).toEqual([77, true, 1])
  })
})
