import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Backend, Capabilities, Generated, GenerateOptions, ImageModel, PictureRequest } from './backend.js'

export interface Subject {
  readonly backend: Backend
  readonly model: ImageModel
  /** A model that enlarges, for a backend that can. */
  readonly upscaler?: ImageModel
  /** Few steps, so that the suite is quick. */
  readonly steps?: number
  /** What a file is, read without the backend's help. */
  inspect(file: string): Promise<{ mediaType: string; width: number; height: number; hasAlpha: boolean }>
  /** Its pixels as raw RGB, read without the backend's help. */
  pixels(file: string): Promise<Uint8Array>
  close(): Promise<void>
}

/** What every backend must do, whatever runs behind it. Call it in an `*.engine.test.ts` with a real model. */
export function backendContract(name: string, start: () => Promise<Subject>): void {
  describe(`the ${name} backend keeps the contract`, () => {
    let subject: Subject
    let can: Capabilities
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'galley-backend-'))
      subject = await start()
      can = await subject.backend.capabilities(subject.model)
    })
    afterAll(async () => {
      await subject?.close()
      await rm(folder, { recursive: true, force: true })
    })

    const request = (changes: Partial<PictureRequest> = {}): PictureRequest => ({
      operation: 'text-to-image',
      prompt: 'pink heart',
      negativePrompt: '',
      seed: 3,
      steps: can.steps.fixed ? can.steps.usual : (subject.steps ?? can.steps.usual),
      guidance: can.guidance.usual,
      sampler: can.samplers[0]!,
      width: can.sizes[0]![0],
      height: can.sizes[0]![1],
      ...changes,
    })
    async function generate(changes: Partial<PictureRequest> = {}, options: Partial<GenerateOptions> = {}): Promise<Generated & { scratch: string }> {
      const scratch = options.scratch ?? (await mkdtemp(join(folder, 'call-')))
      return { ...(await subject.backend.generate(subject.model, request(changes), { ...options, scratch })), scratch }
    }
    const hashOf = async (file: string): Promise<string> =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
    const codeOf = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'made',
        (error) => String(error.code),
      )

    test('it says what it can do, usual settings within its own limits', () => {
      expect(can.operations).toContain('text-to-image')
      expect(can.sizes.length).toBeGreaterThan(0)
      expect(can.samplers.length).toBeGreaterThan(0)
      expect(can.steps.usual).toBeLessThanOrEqual(can.steps.most)
      expect(can.guidance.usual).toBeLessThanOrEqual(can.guidance.most)
    })

    test('it makes a picture of the asked size in the scratch folder and says with what', async () => {
      const { outputs, scratch, engine, threads, ms } = await generate()
      expect(outputs).toHaveLength(1)
      const [{ file, width, height, mediaType }] = outputs as [Generated['outputs'][number]]
      expect([width, height]).toEqual(can.sizes[0])
      expect(await subject.inspect(file)).toMatchObject({ width, height, mediaType })
      expect(relative(scratch, file).startsWith('..')).toBe(false)
      expect(engine).not.toBe('')
      expect(threads).toBeGreaterThan(0)
      expect(ms).toBeGreaterThan(0)
    })

    test('the same request gives the same bytes where it says so, and another seed another picture', async () => {
      const hashes: string[] = []
      for (const seed of [3, 3, 4]) hashes.push(await hashOf((await generate({ seed })).outputs[0]!.file))
      if (can.repeatable) expect(hashes[0]).toBe(hashes[1])
      expect(hashes[2]).not.toBe(hashes[0])
    })

    test('progress counts every step to the end where it reports any', async () => {
      const seen: number[] = []
      let all = 0
      await generate(
        {},
        {
          onProgress: ({ step, steps }) => {
            seen.push(step)
            all = steps
          },
        },
      )
      if (!can.progress) return expect(seen).toEqual([])
      expect(seen).toEqual([...seen].sort((a, b) => a - b))
      expect(seen.at(-1)).toBe(all)
    })

    test('previews are pictures, numbered upwards, where it shows any', async () => {
      const previews: { number: number; type: Promise<{ mediaType: string }> }[] = []
      await generate({ steps: can.steps.usual }, { onPreview: ({ number, file }) => previews.push({ number, type: subject.inspect(file) }) })
      if (!can.preview) return expect(previews).toEqual([])
      expect(previews.length).toBeGreaterThan(0)
      expect(previews.map(({ number }) => number)).toEqual(previews.map(({ number }) => number).sort((a, b) => a - b))
      for (const { type } of previews) expect((await type).mediaType).toMatch(/^image\/(png|jpeg|webp)$/)
    })

    test('cancelled before it begins, it does nothing', async () => {
      const scratch = await mkdtemp(join(folder, 'call-'))
      expect(await codeOf(generate({}, { signal: AbortSignal.abort(), scratch }))).toBe('cancelled')
      expect((await readdir(scratch)).filter((name) => name.endsWith('.png'))).toEqual([])
    })

    test('cancelled on the way, it stops soon and can make the next picture', async () => {
      if (can.cancel === 'never') return
      const abort = new AbortController()
      const started = performance.now()
      const work = generate(
        { steps: can.steps.fixed ? can.steps.usual : can.steps.most },
        {
          signal: abort.signal,
          onProgress: ({ step }) => {
            if (step >= 1) abort.abort()
          },
        },
      )
      expect(await codeOf(work)).toBe('cancelled')
      expect(performance.now() - started).toBeLessThan(30_000)
      expect((await stat((await generate()).outputs[0]!.file)).size).toBeGreaterThan(100)
    })

    test('what it did not say it can do is refused as not supported', async () => {
      const [width, height] = can.sizes[0]!
      if (!can.sizes.some(([w, h]) => w === width + 1 && h === height)) expect(await codeOf(generate({ width: width + 1 }))).toBe('not-supported')
      if (can.steps.fixed) expect(await codeOf(generate({ steps: can.steps.usual + 1 }))).toBe('not-supported')
      expect(await codeOf(generate({ sampler: 'no such sampler' }))).toBe('not-supported')
      for (const operation of (['image-to-image', 'inpaint', 'upscale'] as const).filter((each) => !can.operations.includes(each))) {
        expect(await codeOf(generate({ operation }))).toBe('not-supported')
      }
    })

    test('it leaves the background transparent where it can: see-through around the thing, and the same bytes again', async () => {
      if (!can.transparent) return expect(await codeOf(generate({ transparent: true }))).toBe('not-supported')
      const { outputs } = await generate({ transparent: true })
      expect(await subject.inspect(outputs[0]!.file)).toMatchObject({ hasAlpha: true, width: can.sizes[0]![0] })
      expect(await hashOf(outputs[0]!.file)).toBe(await hashOf((await generate({ transparent: true })).outputs[0]!.file))
    })

    test('it starts from a picture of any size where it can, and refuses a file that is none', async () => {
      if (!can.operations.includes('image-to-image')) return
      const source = (await generate()).outputs[0]!.file
      const { outputs } = await generate({ operation: 'image-to-image', prompt: 'a blue heart', image: { file: source, strength: 0.7 } })
      expect([outputs[0]!.width, outputs[0]!.height]).toEqual(can.sizes[0])
      expect(await hashOf(outputs[0]!.file)).not.toBe(await hashOf(source))
      const words = join(folder, 'words.png')
      await writeFile(words, 'no picture')
      expect(await codeOf(generate({ operation: 'image-to-image', image: { file: words, strength: 0.5 } }))).toBe('not-an-image')
    })

    test('it makes a picture larger by its factor where it can, the same each time, and stops when it is asked to', async () => {
      const { enlarger } = subject.backend
      const { upscaler: model } = subject
      if (!enlarger || !model) return expect(model).toBeUndefined()
      const { factor, mostPixels, cancel, repeatable } = await enlarger.enlargement(model)
      const [{ file, width, height }] = (await generate()).outputs as [Generated['outputs'][number]]
      const enlarge = async (image: string, options: Partial<GenerateOptions> = {}) => enlarger.enlarge(model, image, { ...options, scratch: await mkdtemp(join(folder, 'call-')) })
      const progress: string[] = []
      const large = await enlarge(file, { onProgress: ({ step, steps }) => progress.push(`${step}/${steps}`) })
      expect(large.outputs).toEqual([{ file: expect.any(String), width: width * factor, height: height * factor, mediaType: 'image/png' }])
      expect(await subject.inspect(large.outputs[0]!.file)).toMatchObject({ width: width * factor, height: height * factor })
      expect(progress.at(-1)).toBe(`${progress.length}/${progress.length}`)
      if (repeatable) expect(await hashOf((await enlarge(file)).outputs[0]!.file)).toBe(await hashOf(large.outputs[0]!.file))
      expect(mostPixels).toBeGreaterThanOrEqual(width * height * factor ** 2)
      expect(await codeOf(enlarge(file, { signal: AbortSignal.abort() }))).toBe('cancelled')
      if (cancel === 'between-steps') {
        const abort = new AbortController()
        // Enlarged once it has several tiles, so that there is something left to stop.
        expect(await codeOf(enlarge(large.outputs[0]!.file, { signal: abort.signal, onProgress: () => abort.abort() }))).toBe('cancelled')
      }
      const words = join(folder, 'no-picture.png')
      await writeFile(words, 'no picture')
      expect(await codeOf(enlarge(words))).toBe('not-an-image')
    })

    test('a masked part is painted anew, and all else stays to the pixel, whatever the size of the picture', async () => {
      if (!can.operations.includes('inpaint')) return
      const [width, height] = can.sizes[0]!
      const masked = join(folder, 'masked.svg')
      const source = join(folder, 'source.svg')
      const { writeFile } = await import('node:fs/promises')
      // Larger than the model paints, and of another shape.
      const [w, h] = [width * 2 + 10, height + 7]
      await writeFile(source, `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="${w}" height="${h}" fill="#3b7"/><circle cx="${w / 3}" cy="${h / 2}" r="${h / 4}" fill="#a31"/></svg>`)
      await writeFile(masked, `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="${w}" height="${h}"/><rect x="20" y="20" width="30" height="24" fill="#fff"/></svg>`)
      const paint = (changes: Partial<PictureRequest> = {}) => generate({ operation: 'inpaint', prompt: 'pink heart', image: { file: source, strength: 1 }, mask: { file: masked }, ...changes })
      const { outputs: [made] } = await paint()
      expect([made!.width, made!.height]).toEqual([w, h])
      const [before, after] = [await subject.pixels(source), await subject.pixels(made!.file)]
      let changed = 0
      for (let pixel = 0; pixel < w * h; pixel++) {
        const same = [0, 1, 2].every((channel) => before[pixel * 3 + channel] === after[pixel * 3 + channel])
        const [x, y] = [pixel % w, Math.floor(pixel / w)]
        if (x >= 20 && x < 50 && y >= 20 && y < 44) changed += same ? 0 : 1
        else if (!same) throw new Error(`the pixel at ${x}, ${y} lies outside of the mask and changed`)
      }
      expect(changed).toBeGreaterThan(100)
      if (can.repeatable) expect(await hashOf((await paint()).outputs[0]!.file)).toBe(await hashOf(made!.file))
      expect(await codeOf(paint({ mask: undefined }))).toBe('not-supported')
      expect(await codeOf(paint({ mask: { file: source }, image: { file: masked, strength: 1 }, operation: 'image-to-image' }))).toBe('not-supported')
    })

    test('a prompt in any script, empty or very long, makes a picture', async () => {
      for (const prompt of ['', '心 ❤️ сердце \u0000\ud800', 'heart '.repeat(500)]) expect((await generate({ prompt })).outputs).toHaveLength(1)
    })
  })
}
