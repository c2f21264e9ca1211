import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readModelFolder, type ModelFolder } from './folder/model-folder.js'
import { generatePicture, type GenerateParams } from './generate.js'
import type { Pipeline } from './pipelines/pipeline.js'
import { tinyFlowFolder, writeFolder } from './testing/tiny-onnx.js'

// The loop is the subject here, so the network is a function; real weights are in image.engine.test.ts.
let folder: string
let model: ModelFolder
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-generate-'))
  model = await readModelFolder(await writeFolder(folder, tinyFlowFolder()))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Answer = (step: number, size: number) => Float32Array
function pipelineWith(answer: Answer, changes: Partial<ModelFolder> = {}, decoded = 0): Pipeline {
  let asked = 0
  return {
    folder: { ...model, ...changes },
    threads: 1,
    encode: null,
    matte: null,
    condition: async () => ({ cut: false, ask: async (latent) => answer(asked++, latent.data.length) }),
    decode: async () => new Float32Array(3 * 128 * 128).fill(decoded),
    release: async () => undefined,
  }
}
const still: Answer = (_, size) => new Float32Array(size)
const request = (changes: Partial<GenerateParams> = {}): GenerateParams => ({
  prompt: 'a heart',
  negativePrompt: '',
  seed: 1,
  steps: 4,
  guidance: 4,
  sampler: 'flow euler',
  width: 128,
  height: 128,
  output: join(folder, 'out.rgb'),
  ...changes,
})
const options = { signal: new AbortController().signal, onProgress: () => undefined }

test('numbers that stop being numbers are an error that says at which step, and no picture is left', async () => {
  const broken: Answer = (step, size) => new Float32Array(size).fill(step === 2 ? Number.NaN : 0)
  await expect(generatePicture(pipelineWith(broken), null, request(), options)).rejects.toMatchObject({
    code: 'bad-output',
    data: { detail: expect.stringContaining('step 3 of 4') },
  })
  await expect(access(join(folder, 'out.rgb'))).rejects.toThrow()
})

test('a decoder that gives no numbers is an error, not a black picture', async () => {
  await expect(generatePicture(pipelineWith(still, {}, Number.NaN), null, request(), options)).rejects.toMatchObject({ code: 'bad-output' })
})

test('cancelling between two steps runs no further step and leaves no file', async () => {
  const abort = new AbortController()
  const steps: number[] = []
  const onProgress = ({ step }: { step: number }): void => {
    steps.push(step)
    if (step === 2) abort.abort()
  }
  await expect(generatePicture(pipelineWith(still), null, request(), { signal: abort.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' })
  expect(steps).toEqual([1, 2])
  await expect(access(join(folder, 'out.rgb'))).rejects.toThrow()
})

test('what a model cannot do is refused before any work', async () => {
  let asked = 0
  const counting: Answer = (_, size) => {
    asked++
    return new Float32Array(size)
  }
  const refused = async (changes: Partial<GenerateParams>, folderChanges: Partial<ModelFolder> = {}): Promise<string> =>
    generatePicture(pipelineWith(counting, folderChanges), null, request(changes), options).then(
      () => 'made',
      (error) => `${error.code}: ${error.data.detail}`,
    )
  expect(await refused({ width: 512 })).toContain('not-supported: 512 × 128 pixels')
  expect(await refused({ steps: 5 }, { fixedSteps: true, steps: 4 })).toContain('not-supported: 5 steps')
  expect(await refused({ sampler: 'lcm' })).toContain('not-supported: sampler lcm')
  expect(await refused({ guidance: Number.NaN })).toContain('not-supported')
  expect(await refused({ transparent: true })).toContain('has no matte')
  expect(await refused({ image: { path: 'x', strength: 0.5 } })).toContain('has no encoder')
  expect(asked).toBe(0)
})

test('the result is raw RGB, rounded and kept in range', async () => {
  await generatePicture(pipelineWith(still, {}, 1.4), null, request(), options)
  const bytes = await readFile(join(folder, 'out.rgb'))
  expect(bytes).toHaveLength(128 * 128 * 3)
  expect(new Set(bytes)).toEqual(new Set([255]))
})

test('with a matte the result is raw RGBA, and what is not seen at all has no colour', async () => {
  const area = 128 * 128
  const matte = async (picture: Float32Array): Promise<Float32Array> => {
    const rgba = new Float32Array(area * 4).fill(0.5)
    rgba.set(picture)
    rgba[area * 3] = 0
    return rgba
  }
  await generatePicture({ ...pipelineWith(still, {}, 1), matte }, null, request({ transparent: true }), options)
  const bytes = await readFile(join(folder, 'out.rgb'))
  expect(bytes).toHaveLength(area * 4)
  expect([...bytes.subarray(0, 8)]).toEqual([0, 0, 0, 0, 255, 255, 255, 128])
  const broken = async (): Promise<Float32Array> => new Float32Array(area * 4).fill(Number.NaN, area * 3)
  await expect(generatePicture({ ...pipelineWith(still), matte: broken }, null, request({ transparent: true }), options)).rejects.toMatchObject({ code: 'bad-output' })
})

test('previews come at most four times a second, each whole, and only where a file was named', async () => {
  const map = { block: 1, channels: 12, weights: new Float64Array(13 * 3).fill(0.1) }
  const slow: Pipeline = {
    ...pipelineWith(still),
    condition: async () => ({ cut: false, ask: (latent) => new Promise((done) => setTimeout(() => done(new Float32Array(latent.data.length)), 60)) }),
  }
  const numbers: number[] = []
  const onProgress = ({ preview }: { preview?: { number: number; width: number; height: number } }): void => {
    if (preview) numbers.push(preview.number)
  }
  await generatePicture(slow, map, request({ steps: 10, preview: join(folder, 'preview.rgb') }), { signal: options.signal, onProgress })
  // Ten steps of 60 ms.
  expect(numbers.length).toBeGreaterThanOrEqual(2)
  expect(numbers.length).toBeLessThanOrEqual(4)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  expect(await readFile(join(folder, 'preview.rgb'))).toHaveLength(16 * 16 * 3)
  await generatePicture(pipelineWith(still), map, request(), { signal: options.signal, onProgress: ({ preview }) => expect(preview).toBeUndefined() })
})

test('a preview that cannot be written does not cost the picture', async () => {
  const map = { block: 1, channels: 12, weights: new Float64Array(13 * 3) }
  const made = await generatePicture(pipelineWith(still), map, request({ preview: join(folder, 'nowhere', 'preview.rgb') }), options)
  expect(made).toMatchObject({ width: 128, height: 128 })
})
