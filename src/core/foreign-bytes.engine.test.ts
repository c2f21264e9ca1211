import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { studioErrorData } from '../contract/index.js'
import { tinyDiffusionFolder } from '../engine/image/testing/tiny-diffusion.js'
import { writeFolder } from '../engine/image/testing/tiny-onnx.js'
import { realSpawn } from './imaging/testing-engines.js'
import { removeFolder, testStudio, type TestStudio } from './testing/test-studio.js'

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
beforeAll(async () => {
  engines = await realSpawn()
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada', enginePatience: { crashLimit: 100, backOffMs: [0] } })
  ;({ handle: project } = await studio.call.projects.create({ title: 'Foreign' }))
})
afterAll(async () => {
  await studio.close()
  await engines.remove()
  await removeFolder(studio.folder)
})

const codes = Object.keys(studioErrorData)
/** An error that has no sentence of its own would be a gap: nothing foreign may end as one. */
const expectNamed = (code: string): void => {
  expect(codes).toContain(code)
  expect(code).not.toBe('internal')
}
const changesOf = (size: number) => fc.record({
  changes: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
  length: fc.option(fc.nat(size), { freq: 3 }),
})
function damaged(bytes: Buffer, { changes, length }: { changes: [number, number][]; length: number | null }): Buffer {
  const copy = Buffer.from(bytes)
  for (const [at, value] of changes) copy[at] = value
  return length === null ? copy : copy.subarray(0, length)
}

describe('bytes from elsewhere, damaged at random', () => {
  for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const) {
    test(`as ${format} come in as a picture, or are refused by an error of the list; core goes on`, async () => {
      const whole = await sharp({ create: { width: 40, height: 24, channels: 3, background: '#c04020', noise: { type: 'gaussian', mean: 120, sigma: 40 } } }).toFormat(format).toBuffer()
      const path = join(studio.folder, `damaged.${format}`)
      await fc.assert(fc.asyncProperty(changesOf(whole.length), async (change) => {
        await writeFile(path, damaged(whole, change))
        const { imported, refused } = await studio.call.pictures.import({ project, paths: [path] }).catch((error: { code: string }) => ({ imported: [], refused: [{ error }] }))
        expect(imported.length + refused.length).toBe(1)
        for (const { error } of refused) expectNamed(error.code)
      }), { numRuns: 25 })
      await writeFile(path, whole)
      expect((await studio.call.pictures.import({ project, paths: [path] })).imported).toHaveLength(1)
    }, 120_000)
  }

  test('as graphs of a model are refused, fail their job by an error of the list, or paint; the next model paints', async () => {
    const files = tinyDiffusionFolder()
    const graphs = ['text_encoder/model.onnx', 'unet/model.onnx', 'vae_decoder/model.onnx']
    let count = 0
    const paint = async (change: Record<string, Buffer>): Promise<string> => {
      const path = await writeFolder(join(studio.folder, `graphs-${count++}`), { ...files, ...change })
      const added = await studio.call.models.add({ path }).catch((error: { code: string }) => error.code)
      if (typeof added === 'string') return added
      const asked = await studio.call.pictures.ask({ project, item: null, prompt: 'red cat', count: 1, seed: 1, model: added.id, width: 64, height: 64, steps: 2 })
        .catch((error: { code: string }) => error.code)
      if (typeof asked === 'string') return asked
      await vi.waitFor(async () => expect(['failed', 'done']).toContain((await studio.call.jobs.get({ job: asked.job })).state), { timeout: 60_000 })
      const { state, error } = await studio.call.jobs.get({ job: asked.job })
      await studio.call.models.forget({ model: added.id })
      return state === 'done' ? 'done' : error!.code
    }
    await fc.assert(fc.asyncProperty(fc.constantFrom(...graphs), changesOf(400), async (graph, change) => {
      const whole = files[graph] as Buffer
      const outcome = await paint({ [graph]: damaged(whole, { changes: change.changes.map(([at, value]) => [at % whole.length, value]), length: change.length === null ? null : change.length % whole.length }) })
      if (outcome !== 'done') expectNamed(outcome)
    }), { numRuns: 25 })
    expect(await paint({})).toBe('done')
  }, 240_000)
})
