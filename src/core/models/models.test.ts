import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StudioError } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import { createModels } from './models.js'
import type { BuiltIn, KeyValueStore } from './types.js'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const GB = 1024 ** 3

let folder: string
let store: Map<string, unknown>
let inspected: string[]
let unloaded: string[]
let held: string | null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-models-'))
  await mkdir(join(folder, 'models'))
  store = new Map()
  inspected = []
  unloaded = []
  held = null
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const textHeader = { architecture: 'llama', name: 'x', parameters: 135e6, trainContext: 2048, chatTemplate: true, bytesPerToken: 10 }
const imageHeader = {
  pipeline: 'FlowPipeline', name: 'flow', sizes: [[128, 128]], steps: 20, guidance: 4, fixedSteps: false, negativePrompt: true,
  operations: ['text-to-image'], samplers: ['flow-euler'],
}

/** Engines that read these little files: text says its size in its name, everything with "letter" is no model. */
function fakeEngines(): Engines {
  return {
    call: async (role: string, _method: string, { path }: { path: string }) => {
      inspected.push(path)
      if (path.includes('letter')) throw new StudioError('not-a-model', { path, detail: 'it is not a GGUF file' })
      const fileSize = path.includes('huge') ? 100 * GB : path.includes('tight') ? 7 * GB : 1000
      return role === 'text'
        ? { ...textHeader, fileSize, licence: path.includes('free') ? 'mit' : undefined }
        : { ...imageHeader, fileSize }
    },
    states: () => [{ role: 'text', state: 'ready', model: held, residentBytes: 1, detail: null }],
    memory: () => ({ used: 0, allowed: 8 * GB }),
    unload: async (role: string) => void unloaded.push(role),
  } as unknown as Engines
}

function open(builtIn: Partial<BuiltIn> = {}) {
  const settingsStore: KeyValueStore = {
    get: (key) => store.get(key),
    // Through JSON, as a real store keeps it.
    set: (key, value) => void store.set(key, JSON.parse(JSON.stringify(value))),
  }
  return createModels({ engines: fakeEngines(), settingsStore, builtIn: { text: null, image: null, ...builtIn }, modelsFolder: join(folder, 'models') })
}

async function put(name: string, content = name): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, content)
  return path
}

describe('the list of models', () => {
  test('holds the built-in ones, what lies in the models folder, and what was added where it lies', async () => {
    await put('models/found.gguf')
    await put('models/painter/model_index.json')
    await put('models/notes.txt')
    const elsewhere = await put('elsewhere/free.gguf')
    const models = open({ text: await put('built-in.gguf') })
    await models.add(elsewhere)
    const list = await models.list()
    expect(list.map(({ name, kind, builtIn, licence, problem }) => ({ name, kind, builtIn, licence, broken: problem !== null }))).toEqual([
      { name: 'SmolLM2 135M Instruct', kind: 'text', builtIn: true, licence: 'Apache-2.0', broken: false },
      { name: 'Galley starter', kind: 'image', builtIn: true, licence: 'not stated', broken: true },
      { name: 'free', kind: 'text', builtIn: false, licence: 'mit', broken: false },
      { name: 'found', kind: 'text', builtIn: false, licence: 'not stated', broken: false },
      { name: 'flow', kind: 'image', builtIn: false, licence: 'not stated', broken: false },
    ])
    expect(new Set(list.map(({ id }) => id)).size).toBe(5)
  })

  test('says of a built-in model that could not be had what to do', async () => {
    const [text] = await open().list()
    expect(text).toMatchObject({ id: 'built-in-text', path: null, fit: 'unknown', problem: expect.stringContaining('add a GGUF model') })
  })

  test('keeps a damaged model in the folder on the list, with its problem', async () => {
    await put('models/letter.gguf')
    expect((await open().list()).at(-1)).toMatchObject({ name: 'letter', fit: 'unknown', problem: 'It cannot be used: it is not a GGUF file.' })
  })

  test('says what fits this computer', async () => {
    for (const name of ['small', 'tight', 'huge']) await put(`models/${name}.gguf`)
    const fits = Object.fromEntries((await open().list()).map(({ name, fit }) => [name, fit]))
    expect(fits).toMatchObject({ small: 'fits', tight: 'tight', huge: 'too-large' })
  })

  test('asks the engine about a file once, and again when the file changes', async () => {
    const path = await put('models/a.gguf')
    const models = open()
    await models.list()
    await models.list()
    await open().list()
    expect(inspected).toEqual([path])
    await utimes(path, 1, 1)
    await models.list()
    expect(inspected).toEqual([path, path])
  })

  test('takes name, licence and whether it is a demo from galley.json, and stands a damaged one', async () => {
    await put('models/painter/model_index.json')
    await put('models/painter/galley.json', JSON.stringify({ name: 'Painter', licence: 'CC BY 4.0', about: 'Paints.', demo: true }))
    const models = open()
    expect((await models.list()).at(-1)).toMatchObject({ name: 'Painter', licence: 'CC BY 4.0', about: 'Paints.', demo: true })
    await put('models/painter/galley.json', '{"name": 7, "demo": "yes"')
    expect((await models.list()).at(-1)).toMatchObject({ name: 'flow', licence: 'not stated', demo: false })
  })

  test('shows which model is loaded, and frees it', async () => {
    held = await put('models/a.gguf')
    const models = open()
    const loaded = (await models.list()).at(-1)!
    expect(loaded.loaded).toBe(true)
    await models.unload(loaded.id)
    expect(unloaded).toEqual(['text'])
  })
})

describe('adding and forgetting', () => {
  test('a file that is no model never comes onto the list', async () => {
    const models = open()
    await expect(models.add(await put('letter.gguf'))).rejects.toMatchObject({ code: 'not-a-model' })
    await expect(models.add(join(folder, 'nothing.gguf'))).rejects.toMatchObject({ code: 'not-found' })
    expect(await models.list()).toHaveLength(2)
  })

  test('a model added twice is there once, and outlives a restart', async () => {
    const path = await put('elsewhere/a.gguf')
    const first = await open().add(path)
    expect((await open().add(path)).id).toBe(first.id)
    expect((await open().list()).filter((model) => model.path === path)).toHaveLength(1)
  })

  test('a forgotten model stays away although its file stays, until it is added again', async () => {
    const path = await put('models/a.gguf')
    const models = open()
    const { id } = (await models.list()).at(-1)!
    let changes = 0
    models.onChange(() => changes++)
    await models.forget(id)
    expect((await models.list()).some((model) => model.path === path)).toBe(false)
    await models.add(path)
    expect((await models.list()).some((model) => model.id === id)).toBe(true)
    expect(changes).toBe(2)
  })

  test('built-in models cannot be forgotten', async () => {
    const models = open({ text: await put('built-in.gguf') })
    await expect(models.forget('built-in-text')).rejects.toMatchObject({ code: 'bad-input' })
    await expect(models.forget('nobody')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('resolving a model for a job', () => {
  test('null means the built-in one, with the hash of its file and what it needs', async () => {
    const models = open({ text: await put('built-in.gguf', 'weights') })
    const model = await models.resolve('text', null)
    expect(model).toMatchObject({ id: 'built-in-text', hash: sha('weights'), licence: 'Apache-2.0', builtIn: true, fileSize: 1000 })
    expect(model.needed(1024)).toBe(1000 + 10 * 1024)
    // No more context than it was trained for is ever made.
    expect(model.needed(100_000)).toBe(1000 + 10 * 2048)
    expect((await models.list())[0]?.hash).toBe(sha('weights'))
  })

  test('the hash of a folder is that of the sorted list of its files\' hashes, hidden files apart', async () => {
    await put('models/painter/model_index.json', 'b')
    await put('models/painter/unet/model.onnx', 'a')
    await put('models/painter/.git/config', 'x')
    await symlink(join(folder, 'models/painter'), join(folder, 'models/painter/circle'))
    const models = open()
    const { id } = (await models.list()).at(-1)!
    expect((await models.resolve('image', id)).hash).toBe(sha([sha('a'), sha('b')].sort().join('\n')))
  })

  test('a file that was rewritten has another hash', async () => {
    const path = await put('built-in.gguf', 'one')
    const models = open({ text: path })
    expect((await models.resolve('text', null)).hash).toBe(sha('one'))
    await writeFile(path, 'two')
    await utimes(path, 5, 5)
    expect((await models.resolve('text', null)).hash).toBe(sha('two'))
  })

  test('a missing model says what to do', async () => {
    const path = await put('models/a.gguf')
    const models = open({ text: join(folder, 'gone.gguf') })
    const { id } = (await models.list()).at(-1)!
    await rm(path)
    const data = { model: 'SmolLM2 135M Instruct', next: expect.any(String) }
    await expect(models.resolve('text', null)).rejects.toMatchObject({ code: 'model-missing', data })
    await expect(models.resolve('text', id)).rejects.toMatchObject({ code: 'model-missing' })
    await expect(models.resolve('image', null)).rejects.toMatchObject({ code: 'model-missing' })
  })

  test('a model of the other kind and a damaged one are refused', async () => {
    const models = open({ text: await put('letter.gguf') })
    await expect(models.resolve('image', 'built-in-text')).rejects.toMatchObject({ code: 'bad-input' })
    await expect(models.resolve('text', null)).rejects.toMatchObject({ code: 'not-a-model' })
  })
})
