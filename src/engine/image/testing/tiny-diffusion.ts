import { runnableOnnx, type TinyConstant, type TinyNode, type TinyValue } from './tiny-onnx.js'

const WIDTH = 4
const TOKENS = 77
const LATENT = ['batch', 4, 'height', 'width'] as const
const PICTURE = ['batch', 3, 'tall', 'wide'] as const

/** Letters alone, and at the end of a word; a few joined as CLIP's byte-pair merges would join them. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789.,!'.split('')
const MERGES = ['r e', 're d</w>', 'h e', 'c a', 'ca t</w>']
const VOCABULARY = [...LETTERS, ...LETTERS.map((letter) => `${letter}</w>`), 're', 'red</w>', 'he', 'ca', 'cat</w>', '<|startoftext|>', '<|endoftext|>']

interface TinyDiffusion {
  readonly pipeline?: string
  readonly scheduler?: Record<string, unknown>
  /** A latent consistency network: it takes the guidance scale as an embedding. */
  readonly guidanceEmbedding?: number
  readonly timestep?: TinyValue
  readonly ids?: 'int64' | 'int32'
}

/**
 * Files of a Stable Diffusion folder whose graphs run but have learned nothing: the words are averaged into a colour, and
 * noise fades towards it. Enough to prove the plumbing: names, types, ranks, padding, scaling, guidance.
 */
export function tinyDiffusionFolder({
  pipeline = 'StableDiffusionPipeline',
  scheduler,
  guidanceEmbedding,
  timestep = ['timestep', 'int64', [1]],
  ids = 'int64',
}: TinyDiffusion = {}): Record<string, string | Buffer> {
  const table = VOCABULARY.flatMap((_, index) => Array.from({ length: WIDTH }, (_, column) => Math.sin(index * 1.7 + column * 2.3) * 2))
  const encoder = runnableOnnx(
    [['input_ids', ids, ['batch', TOKENS]]],
    [['last_hidden_state', 'float32', ['batch', TOKENS, WIDTH]]],
    [{ op: 'Gather', inputs: ['table', 'input_ids'], output: 'last_hidden_state' }],
    [{ name: 'table', shape: [VOCABULARY.length, WIDTH], data: table }],
  )

  const inputs: TinyValue[] = [['sample', 'float32', LATENT], timestep, ['encoder_hidden_states', 'float32', ['batch', TOKENS, WIDTH]]]
  const nodes: TinyNode[] = [
    { op: 'ReduceMean', inputs: ['encoder_hidden_states'], output: 'mean', attributes: { axes: [1], keepdims: 1 } },
    { op: 'Reshape', inputs: ['mean', 'column'], output: 'colour' },
    { op: 'Cast', inputs: ['timestep'], output: 'time', attributes: { to: 1 } },
    { op: 'Mul', inputs: ['time', 'thousandth'], output: 'share' },
    { op: 'Sub', inputs: ['sample', 'colour'], output: 'away' },
    { op: 'Mul', inputs: ['away', 'share'], output: guidanceEmbedding ? 'plain' : 'out_sample' },
  ]
  const constants: TinyConstant[] = [
    { name: 'column', shape: [4], data: [-1, WIDTH, 1, 1], integers: true },
    { name: 'thousandth', shape: [], data: [0.001] },
  ]
  if (guidanceEmbedding) {
    inputs.push(['timestep_cond', 'float32', ['batch', guidanceEmbedding]])
    nodes.push(
      { op: 'ReduceMean', inputs: ['timestep_cond'], output: 'guidance', attributes: { keepdims: 0 } },
      { op: 'Add', inputs: ['plain', 'guidance'], output: 'out_sample' },
    )
  }
  const decoder: TinyNode[] = [
    { op: 'Gather', inputs: ['latent_sample', 'three'], output: 'colours', attributes: { axis: 1 } },
    {
      op: 'Resize',
      inputs: ['colours', '', 'scales'],
      output: 'large',
      attributes: { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
    },
    { op: 'Tanh', inputs: ['large'], output: 'sample' },
  ]
  const toLatent: TinyNode[] = [
    { op: 'AveragePool', inputs: ['sample'], output: 'small', attributes: { kernel_shape: [8, 8], strides: [8, 8] } },
    { op: 'Gather', inputs: ['small', 'eight'], output: 'latent_parameters', attributes: { axis: 1 } },
  ]
  return {
    'model_index.json': JSON.stringify({ _class_name: pipeline }),
    'galley.json': JSON.stringify({
      name: 'Tiny diffusion',
      sizes: [
        [64, 64],
        [128, 64],
      ],
    }),
    'scheduler/scheduler_config.json': JSON.stringify(
      scheduler ?? {
        _class_name: 'PNDMScheduler',
        beta_start: 0.00085,
        beta_end: 0.012,
        beta_schedule: 'scaled_linear',
        steps_offset: 1,
        set_alpha_to_one: false,
        clip_sample: false,
      },
    ),
    'tokenizer/vocab.json': JSON.stringify(Object.fromEntries(VOCABULARY.map((word, index) => [word, index]))),
    'tokenizer/merges.txt': `#version: 0.2\n${MERGES.join('\n')}\n`,
    'tokenizer/tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'CLIPTokenizer',
      bos_token: '<|startoftext|>',
      eos_token: '<|endoftext|>',
      unk_token: '<|endoftext|>',
    }),
    'text_encoder/model.onnx': encoder,
    'unet/model.onnx': runnableOnnx(inputs, [['out_sample', 'float32', LATENT]], nodes, constants),
    'unet/config.json': JSON.stringify({ time_cond_proj_dim: guidanceEmbedding ?? null }),
    'vae_decoder/config.json': JSON.stringify({ scaling_factor: 0.5 }),
    'vae_decoder/model.onnx': runnableOnnx([['latent_sample', 'float32', LATENT]], [['sample', 'float32', PICTURE]], decoder, [
      { name: 'three', shape: [3], data: [0, 1, 2], integers: true },
      { name: 'scales', shape: [4], data: [1, 1, 8, 8] },
    ]),
    'vae_encoder/model.onnx': runnableOnnx([['sample', 'float32', PICTURE]], [['latent_parameters', 'float32', ['batch', 8, 'height', 'width']]], toLatent, [
      { name: 'eight', shape: [8], data: [0, 1, 2, 0, 0, 0, 0, 0], integers: true },
    ]),
  }
}
