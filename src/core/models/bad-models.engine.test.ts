import { createHash } from 'node:crypto'
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { studioErrorData, type ErrorRecord } from '../../contract/index.js'
import { tinyDiffusionFolder } from '../../engine/image/testing/tiny-diffusion.js'
import { runnableOnnx, tinyOnnx, writeFolder, type TinyValue } from '../../engine/image/testing/tiny-onnx.js'
import { tinyModel, writeGguf } from '../../engine/text/testing.js'
import { realSpawn } from '../imaging/testing-engines.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
beforeAll(async () => {
  engines = await realSpawn()
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada' })
  ;({ handle: project } = await studio.call.projects.create({ title: 'Models' }))
})
afterAll(async () => {
  await studio.close()
  await engines.remove()
  await removeFolder(studio.folder)
})

const at = (name: string): string => join(studio.folder, name)
type Failure = { code: string; data: Record<string, unknown> }
const failure = async (work: Promise<unknown>): Promise<Failure> => work.then(() => { throw new Error('it did not fail') }, (error: Failure) => error)
const listed = async (): Promise<number> => (await studio.call.models.list()).length

let count = 0
async function diffusion(change: Record<string, string | Buffer | null> = {}): Promise<string> {
  const files = { ...tinyDiffusionFolder(), ...change }
  const kept = Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string | Buffer] => entry[1] !== null))
  return writeFolder(at(`model-${count++}`), kept)
}

/** Asks for one picture and answers how its job ended. */
async function paint(path: string, size: { width: number; height: number } = { width: 64, height: 64 }): Promise<{ state: string; error: ErrorRecord | null; item: string }> {
  const { id: model } = await studio.call.models.add({ path })
  const { job, item } = await studio.call.pictures.ask({ project, item: null, prompt: 'red cat', count: 1, seed: 1, model, steps: 2, ...size })
  await vi.waitFor(async () => expect(['failed', 'done']).toContain((await studio.call.jobs.get({ job })).state), { timeout: 60_000 })
  const { state, error } = await studio.call.jobs.get({ job })
  return { state, error, item }
}

describe('a folder of graphs that is no whole model', () => {
  const latent: TinyValue[2] = ['batch', 4, 'height', 'width']

  test('is refused when it is added, with the part that is wrong, and never comes onto the list', async () => {
    const before = await listed()
    const wrong: [string, Record<string, string | Buffer | null>, RegExp][] = [
      ['a graph is missing', { 'unet/model.onnx': null }, /unet\/model\.onnx is missing/],
      ['the scheduler is missing', { 'scheduler/scheduler_config.json': null }, /scheduler_config\.json is missing/],
      ['an input has another name', { 'unet/model.onnx': tinyOnnx([['latents', 'float32', latent], ['timestep', 'int64', [1]], ['encoder_hidden_states', 'float32', ['batch', 77, 4]]], [['out_sample', 'float32', latent]]) }, /unet\/model\.onnx.*sample/],
      ['graphs do not fit each other', { 'vae_decoder/model.onnx': tinyOnnx([['latent_sample', 'float32', ['batch', 16, 'height', 'width']]], [['sample', 'float32', ['batch', 3, 'tall', 'wide']]]) }, /16 latent channels/],
      ['a graph is words', { 'text_encoder/model.onnx': 'no graph' }, /text_encoder\/model\.onnx/],
    ]
    for (const [name, change, words] of wrong) {
      const error = await failure(studio.call.models.add({ path: await diffusion(change) }))
      expect([name, error.code, error.data['detail']]).toEqual([name, 'not-a-model', expect.stringMatching(words)])
    }
    expect((await failure(studio.call.models.add({ path: at('nowhere') }))).code).toBe('not-found')
    await mkdir(at('empty-folder'))
    expect((await failure(studio.call.models.add({ path: at('empty-folder') }))).code).toBe('not-a-model')
    expect(await listed()).toBe(before)
  })

  test('whose head is right and whose graph is cut fails its job by name, and the next model paints', async () => {
    const whole = tinyDiffusionFolder()['unet/model.onnx'] as Buffer
    // What stands at its head is read, the operators behind it are nonsense.
    const broken = runnableOnnx(
      [['sample', 'float32', latent], ['timestep', 'int64', [1]], ['encoder_hidden_states', 'float32', ['batch', 77, 4]]], [['out_sample', 'float32', latent]],
      [{ op: 'NoSuchOperator', inputs: ['sample'], output: 'out_sample' }], [],
    )
    expect(whole.length).toBeGreaterThan(broken.length)
    const { state, error } = await paint(await diffusion({ 'unet/model.onnx': broken }))
    expect([state, error]).toMatchObject(['failed', { code: 'not-a-model', data: { detail: expect.stringContaining('unet/model.onnx') } }])
    expect((await paint(await diffusion())).state).toBe('done')
  })

  test('whose weights are no numbers fails in words: no black picture comes of it', async () => {
    const nothing = runnableOnnx(
      [['sample', 'float32', latent], ['timestep', 'int64', [1]], ['encoder_hidden_states', 'float32', ['batch', 77, 4]]], [['out_sample', 'float32', latent]],
      [{ op: 'Mul', inputs: ['sample', 'weights'], output: 'out_sample' }], [{ name: 'weights', shape: [], data: [Number.NaN] }],
    )
    const { state, error, item } = await paint(await diffusion({ 'unet/model.onnx': nothing }))
    expect([state, error]).toMatchObject(['failed', { code: 'bad-output' }])
    expect(error!.data['detail']).toMatch(/number|NaN/i)
    expect((await studio.call.items.get({ project, item })).versions).toBe(0)
  })
})

describe('a GGUF that is none', () => {
  const whole = writeGguf(tinyModel)

  test('or is cut short is refused when it is added, and nothing of it stays on the list', async () => {
    const before = await listed()
    const files: [string, Buffer | string][] = [['words.gguf', 'Dear model'], ['empty.gguf', ''], ['cut.gguf', whole.subarray(0, 60)], ['cut-later.gguf', whole.subarray(0, whole.length - 40)], ['zip.gguf', Buffer.from('504b0304', 'hex')]]
    for (const [name, bytes] of files) {
      await writeFile(at(name), bytes)
      expect([name, (await failure(studio.call.models.add({ path: at(name) }))).code]).toEqual([name, 'not-a-model'])
    }
    expect(await listed()).toBe(before)
  })

  test('with any bytes changed is taken or refused by an error of the list, and the studio lives on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.option(fc.nat(whole.length)), async (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [place, byte] of changes) bytes[place] = byte
        const path = at(`changed-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}-${length}.gguf`)
        await writeFile(path, length === null ? bytes : bytes.subarray(0, length))
        const outcome = await studio.call.models.add({ path }).then(({ id }) => studio.call.models.forget({ model: id }), (error: Failure) => expect(Object.keys(studioErrorData)).toContain(error.code))
        expect(outcome).not.toBeNull()
      }),
      { numRuns: 60 },
    )
    expect((await studio.call.system.engines()).engines.find(({ role }) => role === 'text')?.state).not.toBe('failed')
  })

  test('of a terabyte says what it needs, what there is and what would fit, and is never loaded', async () => {
    await writeFile(at('small.gguf'), writeGguf({ ...tinyModel, 'general.name': 'Small one' }))
    await studio.call.models.add({ path: at('small.gguf') })
    const tensors = [{ name: 'w', dimensions: [32, 4], type: 3, bytes: 80 }]
    await writeFile(at('large.gguf'), writeGguf(tinyModel, tensors))
    await truncate(at('large.gguf'), 2 ** 40)
    const large = await studio.call.models.add({ path: at('large.gguf') })
    expect(large).toMatchObject({ fit: 'too-large', neededBytes: expect.any(Number) })
    const { id: item } = await studio.call.items.create({ project, kind: 'text', title: 'Letter' })
    const error = await failure(studio.call.texts.ask({ project, item, operation: 'draft', prompt: 'A letter', model: large.id }))
    expect(error).toMatchObject({ code: 'out-of-memory', data: { needed: large.neededBytes, available: expect.any(Number) } })
    const fitting = (await studio.call.models.list()).filter(({ kind, fit, path }) => kind === 'text' && path !== null && fit !== 'too-large')
    expect(fitting.map(({ name }) => name)).toContain(error.data['largest'])
    // Its terabyte was not even read for its hash.
    expect((await studio.call.models.list()).find(({ id }) => id === large.id)?.hash).toBeNull()
  })
})
