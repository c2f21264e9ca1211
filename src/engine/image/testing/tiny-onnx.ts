import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Writes the head of ONNX files (inputs, outputs, a stand-in for weights), so that folders can be read without real models. */
const varint = (value: number): number[] => {
  const bytes: number[] = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return [...bytes, value]
}
const field = (number: number, content: Uint8Array | number[] | string): Buffer => {
  const bytes = Buffer.from(content as Uint8Array)
  return Buffer.concat([Buffer.from(varint(number * 8 + 2)), Buffer.from(varint(bytes.length)), bytes])
}
const numberField = (number: number, value: number): Buffer => Buffer.from([...varint(number * 8), ...varint(value)])

export type TinyValue = readonly [name: string, type: 'float32' | 'int64' | 'int32', shape: readonly (number | string)[]]
const TYPE_NUMBERS = { float32: 1, int64: 7, int32: 6 }

function value([name, type, shape]: TinyValue): Buffer {
  const dimensions = shape.map((size) => field(1, typeof size === 'number' ? numberField(1, size) : field(2, size)))
  const tensor = Buffer.concat([numberField(1, TYPE_NUMBERS[type]), field(2, Buffer.concat(dimensions))])
  return Buffer.concat([field(1, name), field(2, field(1, tensor))])
}

/** One operator of a graph that runs. Attributes are whole numbers, lists of them, or words. */
export interface TinyNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Record<string, number | readonly number[] | string>
}
/** A constant of a graph that runs: 32-bit floats, or 64-bit integers where `integers` is set. */
export interface TinyConstant {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: readonly number[]
  readonly integers?: boolean
}

function node({ op, inputs, output, attributes = {} }: TinyNode): Buffer {
  const attribute = ([name, content]: [string, number | readonly number[] | string]): Buffer => {
    if (typeof content === 'number') return Buffer.concat([field(1, name), numberField(3, content), numberField(20, 2)])
    if (typeof content === 'string') return Buffer.concat([field(1, name), field(4, content), numberField(20, 3)])
    return Buffer.concat([field(1, name), ...content.map((each) => numberField(8, each)), numberField(20, 7)])
  }
  return Buffer.concat([
    ...inputs.map((name) => field(1, name)),
    field(2, output),
    field(4, op),
    ...Object.entries(attributes).map((entry) => field(5, attribute(entry))),
  ])
}

function constant({ name, shape, data, integers }: TinyConstant): Buffer {
  const bytes = integers ? new Uint8Array(BigInt64Array.from(data, BigInt).buffer) : new Uint8Array(Float32Array.from(data).buffer)
  return Buffer.concat([...shape.map((size) => numberField(1, size)), numberField(2, integers ? 7 : 1), field(8, name), field(9, bytes)])
}

export function tinyOnnx(inputs: readonly TinyValue[], outputs: readonly TinyValue[], weightBytes = 200_000): Buffer {
  const graph = Buffer.concat([
    field(2, 'graph'),
    field(5, Buffer.alloc(weightBytes, 0x12)),
    ...inputs.map((entry) => field(11, value(entry))),
    ...outputs.map((entry) => field(12, value(entry))),
  ])
  return Buffer.concat([numberField(1, 8), field(7, graph)])
}

/** A graph that onnxruntime can run (operators of set 17). */
export function runnableOnnx(
  inputs: readonly TinyValue[],
  outputs: readonly TinyValue[],
  nodes: readonly TinyNode[],
  constants: readonly TinyConstant[],
): Buffer {
  const graph = Buffer.concat([
    ...nodes.map((entry) => field(1, node(entry))),
    field(2, 'graph'),
    ...constants.map((entry) => field(5, constant(entry))),
    ...inputs.map((entry) => field(11, value(entry))),
    ...outputs.map((entry) => field(12, value(entry))),
  ])
  return Buffer.concat([numberField(1, 8), field(7, graph), field(8, numberField(2, 17))])
}

/** Files of a folder in the starter model's layout, by name; change or delete entries before writing them. */
export function tinyFlowFolder(): Record<string, string | Buffer> {
  const latents: readonly (string | number)[] = ['batch', 12, 16, 16]
  const pictures: readonly (string | number)[] = ['batch', 3, 128, 128]
  return {
    'model_index.json': JSON.stringify({ _class_name: 'StarterIconPipeline' }),
    'scheduler/scheduler_config.json': JSON.stringify({ _class_name: 'FlowMatchEulerDiscreteScheduler' }),
    'tokenizer/tokenizer.json': '{}',
    'text_encoder/model.onnx': tinyOnnx(
      [
        ['input_ids', 'int64', ['b', 't']],
        ['attention_mask', 'int64', ['b', 't']],
      ],
      [['last_hidden_state', 'float32', ['b', 't', 384]]],
    ),
    'transformer/model.onnx': tinyOnnx(
      [
        ['hidden_states', 'float32', latents],
        ['timestep', 'float32', ['b']],
        ['encoder_hidden_states', 'float32', ['b', 't', 384]],
        ['encoder_attention_mask', 'int64', ['b', 't']],
      ],
      [['out_hidden_states', 'float32', latents]],
    ),
    'vae_decoder/model.onnx': tinyOnnx([['latent_sample', 'float32', latents]], [['sample', 'float32', pictures]]),
    'vae_encoder/model.onnx': tinyOnnx([['sample', 'float32', pictures]], [['latent_sample', 'float32', latents]]),
  }
}

export async function writeFolder(folder: string, files: Record<string, string | Buffer>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}
