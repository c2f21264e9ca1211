import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tinyFlowFolder, tinyOnnx, writeFolder } from '../testing/tiny-onnx.js'
import { readModelFolder } from './model-folder.js'
import { readOnnxHeader } from './onnx-header.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-model-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const refusal = async (): Promise<string> => {
  try {
    await readModelFolder(folder)
  } catch (error) {
    expect(error).toMatchObject({ name: 'StudioError', code: 'not-a-model' })
    return (error as { data: { detail: string } }).data.detail
  }
  return 'accepted'
}

describe('a model folder', () => {
  test('in the starter layout is understood without its weights', async () => {
    await writeFolder(folder, tinyFlowFolder())
    expect(await readModelFolder(folder)).toMatchObject({
      kind: 'flow',
      latent: { channels: 12, width: 16, height: 16 },
      block: 8,
      sizes: [[128, 128]],
      steps: 20,
      guidance: 4,
      fixedSteps: false,
      scalingFactor: 1,
    })
  })

  test('takes steps, guidance and whether steps are fixed from the scheduler', async () => {
    const scheduler = JSON.stringify({
      _class_name: 'FlowMatchEulerDiscreteScheduler',
      num_inference_steps: 4,
      guidance_scale: 1,
      fixed_steps: true,
      sigmas: 'equal steps from 1 to 0',
    })
    await writeFolder(folder, { ...tinyFlowFolder(), 'scheduler/scheduler_config.json': scheduler })
    expect(await readModelFolder(folder)).toMatchObject({ steps: 4, guidance: 1, fixedSteps: true })
  })

  test('without an encoder can still make pictures from words', async () => {
    const { 'vae_encoder/model.onnx': _, ...files } = tinyFlowFolder()
    await writeFolder(folder, files)
    expect((await readModelFolder(folder)).graphs.vae_encoder).toBeUndefined()
  })

  test('may bring a matte, and a network that looks at the picture to start from; any other question of it is refused', async () => {
    const files = tinyFlowFolder()
    const latents = ['b', 12, 16, 16] as const
    const inputs = [['hidden_states', 'float32', latents], ['timestep', 'float32', ['b']], ['encoder_hidden_states', 'float32', ['b', 't', 384]], ['encoder_attention_mask', 'int64', ['b', 't']]] as const
    const pictures = [['image_latents', 'float32', latents], ['image_strength', 'float32', ['b']]] as const
    await writeFolder(folder, {
      ...files,
      'transformer/model.onnx': tinyOnnx([...inputs, ...pictures], [['out_hidden_states', 'float32', latents]]),
      'matte/model.onnx': tinyOnnx([['sample', 'float32', ['b', 3, 'h', 'w']]], [['rgba', 'float32', ['b', 4, 'h', 'w']]]),
    })
    expect((await readModelFolder(folder)).graphs.matte).toBeDefined()
    await writeFolder(folder, { 'transformer/model.onnx': tinyOnnx([...inputs, ['image_mood', 'float32', ['b']]], [['out_hidden_states', 'float32', latents]]) })
    expect(await refusal()).toContain('image_mood')
  })

  for (const missing of [
    'model_index.json',
    'scheduler/scheduler_config.json',
    'text_encoder/model.onnx',
    'transformer/model.onnx',
    'vae_decoder/model.onnx',
  ]) {
    test(`without ${missing} is refused and the part named`, async () => {
      const files = tinyFlowFolder()
      delete files[missing]
      await writeFolder(folder, files)
      expect(await refusal()).toBe(`${missing} is missing`)
    })
  }

  test('whose graphs do not fit each other is refused and the part named', async () => {
    const decoder = tinyOnnx([['latent_sample', 'float32', ['b', 4, 16, 16]]], [['sample', 'float32', ['b', 3, 128, 128]]])
    await writeFolder(folder, { ...tinyFlowFolder(), 'vae_decoder/model.onnx': decoder })
    expect(await refusal()).toBe('vae_decoder/model.onnx takes 4 latent channels, transformer/model.onnx gives 12')
  })

  test('whose graph lacks an input, has a wrong rank or asks for something unknown is refused and told which', async () => {
    const output = [['out_hidden_states', 'float32', ['b', 12, 16, 16]]] as const
    const inputs = [
      ['hidden_states', 'float32', ['b', 12, 16, 16]],
      ['timestep', 'float32', ['b']],
      ['encoder_hidden_states', 'float32', ['b', 't', 384]],
    ] as const
    await writeFolder(folder, { ...tinyFlowFolder(), 'transformer/model.onnx': tinyOnnx(inputs, output) })
    expect(await refusal()).toContain('its input encoder_attention_mask is missing')
    await writeFolder(folder, { 'transformer/model.onnx': tinyOnnx([...inputs, ['encoder_attention_mask', 'int64', ['b']]], output) })
    expect(await refusal()).toContain('its input encoder_attention_mask has 1 dimensions, not 2')
    await writeFolder(folder, {
      'transformer/model.onnx': tinyOnnx([...inputs, ['encoder_attention_mask', 'int64', ['b', 't']], ['pooled', 'float32', ['b']]], output),
    })
    expect(await refusal()).toContain('it asks for pooled')
  })

  test('of a pipeline that the engine does not run is refused by name', async () => {
    await writeFolder(folder, { ...tinyFlowFolder(), 'model_index.json': '{"_class_name":"FluxPipeline"}' })
    expect(await refusal()).toContain('does not run a FluxPipeline')
  })

  test('with a name from an object’s prototype as its class is refused like any other', async () => {
    await writeFolder(folder, { ...tinyFlowFolder(), 'model_index.json': '{"_class_name":"constructor"}' })
    expect(await refusal()).toContain('does not run a constructor')
  })

  test('with broken JSON or nonsense settings is refused and the file named', async () => {
    await writeFolder(folder, { ...tinyFlowFolder(), 'scheduler/scheduler_config.json': '{' })
    expect(await refusal()).toContain('scheduler/scheduler_config.json: is not JSON')
    await writeFolder(folder, { 'scheduler/scheduler_config.json': '{"num_train_timesteps":-3}' })
    expect(await refusal()).toContain('scheduler/scheduler_config.json: num_train_timesteps')
  })
})

describe('reading a graph’s head', () => {
  test('skips weights and reads names, types and sizes', async () => {
    const path = join(folder, 'model.onnx')
    await writeFile(
      path,
      tinyOnnx(
        [
          ['a', 'float32', ['batch', 4]],
          ['b', 'int64', []],
        ],
        [['c', 'int32', [300]]],
        1_000_000,
      ),
    )
    expect(await readOnnxHeader(path)).toEqual({
      inputs: [
        { name: 'a', type: 'float32', shape: ['batch', 4] },
        { name: 'b', type: 'int64', shape: [] },
      ],
      outputs: [{ name: 'c', type: 'int32', shape: [300] }],
    })
  })

  test('a damaged file is an error in words, never a crash or an endless loop', async () => {
    const path = join(folder, 'model.onnx')
    const whole = tinyOnnx([['a', 'float32', ['batch', 4]]], [['c', 'float32', [3]]], 64)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), async (length, changes) => {
        const damaged = Buffer.from(whole)
        for (const [at, byte] of changes) damaged[at] = byte
        await writeFile(path, damaged.subarray(0, length))
        await expect(readOnnxHeader(path)).rejects.toThrow(/ends in the middle|not an ONNX graph|too long/)
      }),
      { numRuns: 200 },
    )
  })
})
