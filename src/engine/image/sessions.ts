import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { StudioError } from '../../contract/index.js'
import type { PartName } from './folder/layout.js'
import type { GraphHeader } from './folder/onnx-header.js'

export type Feed = Float32Array | readonly number[]

/** One graph of a model, ready to run. Numbers go in as 32-bit floats or plain integers and are turned into what the graph asks for. */
export interface Graph {
  readonly header: GraphHeader
  run(
    feeds: Record<string, { readonly data: Feed; readonly shape: readonly number[] }>,
    output: string,
  ): Promise<{ data: Float32Array; shape: readonly number[] }>
  release(): Promise<void>
}

function toTensor(name: string, header: GraphHeader, data: Feed, shape: readonly number[]): Tensor {
  const wanted = header.inputs.find((input) => input.name === name)
  if (!wanted) throw new StudioError('internal', { detail: `the graph has no input ${name}` })
  switch (wanted.type) {
    case 'int64':
      return new Tensor(
        'int64',
        BigInt64Array.from(data, (value) => BigInt(Math.round(value))),
        shape,
      )
    case 'int32':
      return new Tensor('int32', Int32Array.from(data, Math.round), shape)
    case 'float16':
      return new Tensor('float16', Float16.from(data) as never, shape)
    case 'float32':
      return new Tensor('float32', data instanceof Float32Array ? data : Float32Array.from(data), shape)
    default:
      throw new StudioError('not-supported', { detail: `input ${name} of an unusual type` })
  }
}

/** Node's `Float16Array` where it has one; older Nodes cannot run graphs with 16-bit inputs. */
const Float16: { from(values: Iterable<number>): unknown } = (globalThis as never as Record<string, typeof Float16>)['Float16Array'] ?? {
  from() {
    throw new StudioError('not-supported', { detail: 'graphs with 16-bit inputs on this Node' })
  },
}

/**
 * Opens a graph for the CPU. `threads` counts intra-operator threads; they do not spin while they wait, so that the
 * window stays quick. Error: `not-a-model`, naming the part.
 */
export async function openGraph(folder: string, part: PartName | 'network', header: GraphHeader, threads: number): Promise<Graph> {
  const file = `${part}/model.onnx`
  let session: InferenceSession
  try {
    session = await InferenceSession.create(join(folder, file), {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
  } catch (error) {
    throw new StudioError('not-a-model', { path: folder, detail: `${file}: ${(error as Error).message}` }, { cause: error })
  }
  return {
    header,
    async run(feeds, output) {
      const tensors = Object.fromEntries(Object.entries(feeds).map(([name, { data, shape }]) => [name, toTensor(name, header, data, shape)]))
      const results = await session.run(tensors, [output])
      const result = results[output] as Tensor
      const data = result.data instanceof Float32Array ? result.data : Float32Array.from(result.data as never)
      return { data, shape: result.dims }
    },
    release: () => session.release(),
  }
}
