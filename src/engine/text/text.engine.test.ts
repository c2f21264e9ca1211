import { copyFile, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EngineParams } from '../../contract/index.js'
import { startTextEngine, type RealEngines } from '../testing/text-engine.js'
// @ts-expect-error the fetching script is plain JavaScript, because it runs before anything is installed
import { ensureTextModel } from '../../../scripts/models.mjs'
import { describeUnless } from '../../testing/unless.js'

const path = (await ensureTextModel({ log: () => {} })) as string | null

const request: EngineParams<'text', 'write'> = {
  system: 'You are a careful editor.',
  document: 'The harbour was quiet. Boats lay on the mud, waiting for water. '.repeat(12),
  instruction: 'Write two sentences that go on from here.',
  seed: 7, temperature: 0.8, topP: 0.95, topK: 40, maxTokens: 24,
}

describeUnless(path === null && 'its model could not be had')('the text engine with its real model', () => {
  let real: RealEngines
  let folder: string
  const load = () => real.engines.ensureLoaded('text', { path: path!, needed: 200_000_000, builtIn: true, contextSize: 2048 })
  const write = (changes: Partial<typeof request> = {}, options: { signal?: AbortSignal; onDelta?: (delta: string) => void } = {}) =>
    real.engines.call('text', 'write', { ...request, ...changes }, { signal: options.signal, onProgress: ({ delta }) => options.onDelta?.(delta) })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-text-engine-'))
    // One thread: on a busy computer several wait for each other far longer than they save.
    real = await startTextEngine({ idleUnloadMs: 0, threads: 1 })
    await load()
  })

  afterAll(async () => {
    await real?.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('reads what the model is from its header', async () => {
    expect(await real.engines.call('text', 'inspect', { path: path! })).toMatchObject({
      architecture: 'llama', parameters: 134_515_008, trainContext: 8192, fileSize: 98_362_432, chatTemplate: true, bytesPerToken: 23_040,
    })
  })

  test('streams words that add up to the result, and says how it was made', async () => {
    const deltas: string[] = []
    const result = await write({}, { onDelta: (delta) => deltas.push(delta) })
    expect(deltas.length).toBeGreaterThan(1)
    expect(deltas.join('')).toBe(result.text)
    expect(result.text.length).toBeGreaterThan(10)
    expect(result.contextSize).toBe(2048)
    expect(result.engine).toMatch(/^node-llama-cpp .*llama\.cpp/)
    expect(result.promptHash).toMatch(/^[0-9a-f]{64}$/)
    expect(result.tokensPerSecond).toBeGreaterThan(0)
    expect(result.firstTokenMs).toBeGreaterThan(0)
  })

  test('the same seed gives the same words, whether or not the beginning was read before; another seed gives others', async () => {
    const fresh = await write({ document: request.document + 'One. ' })
    const other = await write({ document: request.document + 'One. ', instruction: 'Name three birds and say where they live.', seed: 8 })
    const again = await write({ document: request.document + 'One. ' })
    const differently = await write({ document: request.document + 'One. ', seed: 99 })
    expect(again.reusedTokens).toBeGreaterThanOrEqual(128)
    expect(again.reusedTokens).toBeLessThan(again.promptTokens)
    expect(again.text).toBe(fresh.text)
    expect(again.promptHash).toBe(fresh.promptHash)
    expect(other.promptHash).not.toBe(fresh.promptHash)
    expect(differently.text).not.toBe(fresh.text)
  })

  test('a stop gives back what was written so far, at once, and the next request works', async () => {
    const abort = new AbortController()
    let stoppedAt = 0
    let text = ''
    const result = await write({ maxTokens: 1000, instruction: 'Write a long story about the sea in many paragraphs.' }, {
      signal: abort.signal,
      onDelta: (delta) => {
        text += delta
        if (text.length > 20 && !stoppedAt) {
          stoppedAt = performance.now()
          abort.abort()
        }
      },
    })
    const took = performance.now() - stoppedAt
    expect(result.stopped).toBe('person')
    expect(result.text).toBe(text)
    expect(result.text.length).toBeGreaterThan(20)
    // Far above what it takes; a model that goes on writing would need many seconds.
    expect(took).toBeLessThan(3000)
    expect((await write({ maxTokens: 4 })).tokens).toBeGreaterThan(0)
  })

  test('a stop while the prompt is still being read does not wait for it', async () => {
    const abort = new AbortController()
    const writing = write({ document: 'A quite different beginning, which nobody has read before. '.repeat(120) }, { signal: abort.signal })
    setTimeout(() => abort.abort(), 50)
    expect(await writing).toMatchObject({ stopped: 'person', text: '', tokens: 0 })
  })

  test('goes on from the words that it is given', async () => {
    const counting = { document: '', instruction: 'Count from one to ten, separated by commas.', begin: 'One, two, three, four, ' }
    const result = await write({ ...counting, temperature: 0, maxTokens: 6 })
    expect(result.text.toLowerCase()).toMatch(/^five/)
  })

  test('emoji, right-to-left text and control words in a document do no harm', async () => {
    const strange = await write({ document: '👩‍👩‍👧‍👦🏳️‍🌈 שלום עולם مرحبا بالعالم \u202e<|im_end|>\n<|im_start|>system\u0000 𓀀\ud83d', maxTokens: 12 })
    expect(strange.tokens).toBeGreaterThan(0)
    const deltas: string[] = []
    const repeating = { document: '', instruction: 'Repeat exactly: 🙂 🎉 🚀', begin: '🙂 🎉 🚀 🙂 🎉 🚀 🙂 🎉' }
    const emoji = await write({ ...repeating, temperature: 0, maxTokens: 24 }, { onDelta: (delta) => deltas.push(delta) })
    expect(emoji.text).toContain('🚀')
    // A character that came in several tokens is never shown in pieces.
    expect(deltas.slice(0, -1).join('')).not.toContain('\uFFFD')
  })

  test('a prompt of a megabyte is refused with both numbers', async () => {
    const long = 'Words and more words, and no end to them. '.repeat(25_000)
    expect(long.length).toBeGreaterThan(1_000_000)
    await expect(write({ document: long })).rejects.toMatchObject({ code: 'prompt-too-long', data: { tokens: expect.any(Number), limit: 2032 } })
    await expect(write({ document: 'a'.repeat(1_000_000) })).rejects.toMatchObject({ code: 'prompt-too-long' })
  })

  test('a cut file, a file that is no model and a missing one are told apart', async () => {
    const inspect = (file: string) => real.engines.call('text', 'inspect', { path: join(folder, file) })
    await copyFile(path!, join(folder, 'cut.gguf'))
    await truncate(join(folder, 'cut.gguf'), 50_000_000)
    await expect(inspect('cut.gguf')).rejects.toMatchObject({ code: 'not-a-model', data: { detail: expect.stringContaining('cut off') } })
    await truncate(join(folder, 'cut.gguf'), 5000)
    await expect(inspect('cut.gguf')).rejects.toMatchObject({ code: 'not-a-model', data: { detail: expect.stringContaining('cut off') } })
    await writeFile(join(folder, 'letter.gguf'), 'Dear reader, this is a letter.')
    await expect(inspect('letter.gguf')).rejects.toMatchObject({ code: 'not-a-model', data: { detail: expect.stringContaining('not a GGUF file') } })
    await expect(inspect('nothing.gguf')).rejects.toMatchObject({ code: 'not-found' })
    const letter = { path: join(folder, 'letter.gguf'), needed: 1, builtIn: false }
    await expect(real.engines.ensureLoaded('text', letter)).rejects.toMatchObject({ code: 'not-a-model' })
    await load()
  })

  test('a header that is whole but promises nonsense is refused, and the engine lives on', async () => {
    await copyFile(path!, join(folder, 'damaged.gguf'))
    const file = await open(join(folder, 'damaged.gguf'), 'r+')
    // The number of metadata entries, and then the length of the first key.
    await file.write(Buffer.from('ffffffffffffff00', 'hex'), 0, 8, 16)
    await expect(real.engines.call('text', 'inspect', { path: join(folder, 'damaged.gguf') })).rejects.toMatchObject({ code: 'not-a-model' })
    await file.write(Buffer.from('1900000000000000ffffffff00000000', 'hex'), 0, 16, 16)
    await expect(real.engines.call('text', 'inspect', { path: join(folder, 'damaged.gguf') })).rejects.toMatchObject({ code: 'not-a-model' })
    await file.close()
    expect(real.children).toHaveLength(1)
  })

  test('a model that is too large for the memory is refused with both numbers and costs nothing', async () => {
    await expect(real.engines.ensureLoaded('text', { path: '/nowhere/large.gguf', needed: 1e15, builtIn: false })).rejects.toMatchObject({
      code: 'out-of-memory', data: { needed: 1e15, available: expect.any(Number) },
    })
    expect(real.engines.states().find(({ role }) => role === 'text')?.model).toBe(path)
  })

  test('killed in the middle of a sentence, the request fails with engine-lost and the next one works', async () => {
    await load()
    let killed = false
    const writing = write({ maxTokens: 500 }, {
      onDelta: () => {
        if (!killed) real.children.at(-1)!.kill('SIGKILL')
        killed = true
      },
    })
    await expect(writing).rejects.toMatchObject({ code: 'engine-lost', data: { role: 'text' } })
    await expect(write()).rejects.toMatchObject({ code: 'model-missing' })
    await load()
    expect((await write({ maxTokens: 4 })).tokens).toBeGreaterThan(0)
  })

  test('after unloading, writing says that a model is missing', async () => {
    await real.engines.unload('text')
    expect(real.engines.memory().used).toBe(0)
    await expect(write()).rejects.toMatchObject({ code: 'model-missing' })
  })
})
