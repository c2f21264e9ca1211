import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StudioError } from '../../contract/index.js'
import { readGgufHeader } from './gguf.js'
import { inspectTextModel } from './inspect.js'
import { tinyModel, writeGguf } from './testing.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-gguf-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function inspect(bytes: Buffer) {
  const path = join(folder, 'model.gguf')
  await writeFile(path, bytes)
  return await inspectTextModel(path)
}

describe('a GGUF header', () => {
  test('says what the model is and what its context costs', async () => {
    const bytes = writeGguf(tinyModel)
    expect(await inspect(bytes)).toEqual({
      architecture: 'llama', name: 'Tiny', licence: 'mit', parameters: 128, trainContext: 2048, fileSize: bytes.length, chatTemplate: true,
      // 3 layers × 2 heads × (8 + 8) numbers × 2 bytes
      bytesPerToken: 192,
    })
  })

  test('counts layers one by one where they differ, and heads of their own size', async () => {
    const changed = { ...tinyModel, 'llama.attention.head_count_kv': [1, 0, 4], 'llama.attention.key_length': 16, 'llama.attention.value_length': 4 }
    expect((await inspect(writeGguf(changed))).bytesPerToken).toBe(5 * 20 * 2)
  })

  test('reads every kind of value it keeps', async () => {
    const path = join(folder, 'values.gguf')
    await writeFile(path, writeGguf(tinyModel))
    const { values } = await readGgufHeader(path)
    expect(values.get('llama.rope.freq_base')).toBe(10_000.5)
    expect(values.get('general.aligned')).toBe(true)
    expect(values.get('tokenizer.ggml.token_type')).toEqual([1, 1, 1])
    expect(values.has('tokenizer.ggml.tokens')).toBe(false)
  })

  test('of a model that writes no text is refused by name', async () => {
    const { 'tokenizer.ggml.model': _, ...noTokenizer } = tinyModel
    await expect(inspect(writeGguf(noTokenizer))).rejects.toMatchObject({ code: 'not-a-model', data: { detail: expect.stringContaining('writes no text') } })
    await expect(inspect(writeGguf({ ...tinyModel, 'llama.attention.causal': false }))).rejects.toMatchObject({ code: 'not-a-model' })
    await expect(inspect(writeGguf({ ...tinyModel, 'split.count': 3 }))).rejects.toMatchObject({ data: { detail: expect.stringContaining('3 parts') } })
    await expect(inspect(writeGguf(tinyModel, []))).rejects.toMatchObject({ data: { detail: expect.stringContaining('no weights') } })
  })

  test('of a file that was cut anywhere is refused', async () => {
    const whole = writeGguf(tinyModel)
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      await expect(inspect(whole.subarray(0, length))).rejects.toMatchObject({ code: 'not-a-model' })
    }), { numRuns: 60 })
  })

  test('with any bytes changed is read or refused, and never more', async () => {
    const whole = writeGguf(tinyModel)
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), async (changes) => {
      const bytes = Buffer.from(whole)
      for (const [index, value] of changes) bytes[index] = value
      const outcome = await inspect(bytes).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(StudioError)
      else expect(outcome).toHaveProperty('architecture')
    }), { numRuns: 300 })
  })

  test('of a folder or of nothing is an error that says so', async () => {
    await expect(inspectTextModel(folder)).rejects.toMatchObject({ code: 'not-a-model' })
    await expect(inspectTextModel(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'not-found' })
  })
})
