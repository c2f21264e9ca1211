import { createHash } from 'node:crypto'
import { access, copyFile, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recipe as recipeSchema } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import { createAssets } from './assets.js'
import { createImaging, type Imaging } from './imaging.js'
import { realEngines, starterModel, starterModels } from './testing-engines.js'
import { xmpPacket } from './xmp.js'

let folder: string
let engines: Engines
let close: () => Promise<void>
let imaging: Imaging
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-imaging-'))
  ;({ engines, close } = await realEngines())
  imaging = createImaging({ engines, models: starterModels, cacheDir: join(folder, 'cache') })
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true, force: true })
})
const hashOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

describe('a job of pictures', () => {
  test('each output has its own seed, a complete recipe, previews where the page looks for them, and leaves nothing behind', async () => {
    const plan = await imaging.plan({ prompt: 'pink heart, modern', seed: 1, count: 2 }, null)
    expect(plan).toMatchObject({ model: 'starter', steps: 4, guidance: 1, sampler: 'flow euler', width: 128, height: 128 })
    const hashes: string[] = []
    for (const output of [0, 1]) {
      const numbers: number[] = []
      const made = await imaging.makePicture(plan, output, { job: 'job-12345678', onPreview: (number) => numbers.push(number) })
      expect(numbers[0]).toBe(1)
      expect(await engines.call('media', 'inspect', { path: imaging.previewFile('job-12345678', output) })).toMatchObject({ format: 'png', width: 128 })
      expect(recipeSchema.parse(made.recipe)).toMatchObject({
        by: 'image-model',
        backend: 'built-in',
        operation: 'text-to-image',
        seed: 1 + output,
        steps: 4,
        output,
        model: { hash: starterModel.hash },
      })
      hashes.push(await hashOf(made.file))
      await made.dispose()
    }
    expect(new Set(hashes).size).toBe(2)
    await imaging.removePreviews('job-12345678', 2)
    expect(await readdir(join(folder, 'cache', 'scratch'))).toEqual([])
    expect(await readdir(join(folder, 'cache', 'previews'))).toEqual([])
  })

  test('a prompt longer than the model reads is made, and the recipe says that it was cut', async () => {
    const plan = await imaging.plan({ prompt: 'heart and '.repeat(30), seed: 1, steps: 2 }, null)
    const made = await imaging.makePicture(plan, 0, { job: 'job-12345678' })
    expect(made.recipe.promptCut).toBe(true)
    await made.dispose()
  })

  test('making again says whether the bytes are the same, and notices when they are not', async () => {
    const plan = await imaging.plan({ prompt: 'pink heart, modern', seed: 5, steps: 6 }, null)
    const made = await imaging.makePicture(plan, 0, { job: 'job-12345678' })
    const sha256 = await hashOf(made.file)
    expect(await imaging.remakeOutlook(made.recipe)).toEqual({ possible: true, exact: true, reasons: [] })
    expect(await imaging.remakePicture(made.recipe, { sha256 })).toEqual({ identical: true, sha256, sameEngine: true })
    expect(await imaging.remakePicture({ ...made.recipe, seed: 6, engine: 'another' }, { sha256 })).toMatchObject({ identical: false, sameEngine: false })
    const from = await imaging.plan({ prompt: 'blue heart', seed: 5, steps: 6, image: { version: 'c'.repeat(64), strength: 0.6 } }, null)
    const changed = await imaging.makePicture(from, 0, { job: 'job-12345678', imageFile: made.file })
    expect(changed.recipe).toMatchObject({ operation: 'image-to-image', strength: 0.6, sources: [{ version: 'c'.repeat(64), role: 'image' }] })
    expect(await imaging.remakePicture(changed.recipe, { sha256: await hashOf(changed.file), imageFile: made.file })).toMatchObject({ identical: true })
    await Promise.all([made.dispose(), changed.dispose()])
  })

  test('a picture whose model is not here cannot be made again, and that is said before', async () => {
    const plan = await imaging.plan({ prompt: 'x', seed: 5, steps: 1 }, null)
    const made = await imaging.makePicture(plan, 0, { job: 'job-12345678' })
    const elsewhere = { ...made.recipe, model: { ...made.recipe.model, hash: '6'.repeat(64) } }
    expect(await imaging.remakeOutlook(elsewhere)).toEqual({ possible: false, exact: false, reasons: ['model-missing'] })
    await expect(imaging.remakePicture(elsewhere, { sha256: '' })).rejects.toMatchObject({ code: 'model-missing' })
    await made.dispose()
  })

  test('cancelling leaves no files', async () => {
    const abort = new AbortController()
    const plan = await imaging.plan({ prompt: 'x', seed: 5, steps: 100 }, null)
    await expect(imaging.makePicture(plan, 0, { job: 'job-12345678', signal: abort.signal, onProgress: () => abort.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(await readdir(join(folder, 'cache', 'scratch'))).toEqual([])
  })
})

describe('pictures that come and go', () => {
  test('a picture from outside is looked at to its end, and a broken one refused', async () => {
    const plan = await imaging.plan({ prompt: 'green apple', seed: 2, steps: 6 }, null)
    const made = await imaging.makePicture(plan, 0, { job: 'job-12345678' })
    const found = await imaging.lookAt(made.file)
    expect(found).toMatchObject({ name: 'picture.png', mediaType: 'image/png', width: 128, height: 128, sha256: await hashOf(made.file) })
    expect(Buffer.from(found.thumbnail.subarray(8, 12)).toString()).toBe('WEBP')
    const broken = join(folder, 'broken.png')
    await copyFile(made.file, broken)
    await truncate(broken, 2000)
    await expect(imaging.lookAt(broken)).rejects.toMatchObject({ code: 'not-an-image', data: { name: 'broken.png' } })
    await made.dispose()
  })

  test('the page gets a width of it, and an export carries its IPTC source type', async () => {
    const plan = await imaging.plan({ prompt: 'green apple', seed: 2, steps: 6 }, null)
    const made = await imaging.makePicture(plan, 0, { job: 'job-12345678' })
    const bytes = await readFile(made.file)
    const assets = createAssets({
      cacheDir: join(folder, 'cache'),
      engines,
      readBlob: () => ({ mediaType: 'image/png', chunks: () => [bytes.subarray(0, 1000), bytes.subarray(1000)] }),
    })
    const shown = await assets.path('project-1', await hashOf(made.file), 640)
    expect(await engines.call('media', 'inspect', { path: shown.path })).toMatchObject({ format: 'webp', width: 128 })
    const output = join(folder, 'export.jpg')
    await engines.call('media', 'resize', { path: made.file, output, format: 'jpeg', xmp: xmpPacket({ origin: 'trainedAlgorithmicMedia', tool: 'Galley' }) })
    expect((await readFile(output)).includes('digitalsourcetype/trainedAlgorithmicMedia')).toBe(true)
    await made.dispose()
    await expect(access(made.file)).rejects.toThrow()
  })
})
