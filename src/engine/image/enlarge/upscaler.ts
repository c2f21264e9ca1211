import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../../contract/index.js'
import { galleyFile, readConfiguration } from '../folder/configuration.js'
import { readOnnxHeader } from '../folder/onnx-header.js'
import { openGraph, type Graph } from '../sessions.js'

const FILE = 'network/model.onnx'

/** `upscaler.json`: how the network wants to be fed. */
const upscalerFile = z.looseObject({
  factor: z.number().int().min(2).max(8),
  /** Pixels of the small picture, beside a tile, that its edge depends on. */
  overlap: z.number().int().min(0).max(128),
  /** Width and height of what goes in are multiples of it. */
  multiple: z.number().int().min(1).max(64),
})

export interface UpscalerFolder {
  readonly path: string
  readonly name: string
  readonly fileSize: number
  readonly factor: number
  readonly overlap: number
  readonly multiple: number
}

/** A network that enlarges, ready to run. */
export interface Upscaler extends UpscalerFolder {
  readonly threads: number
  /** `low`: 3 × height × width, 0–1. Answers 3 × (factor · height) × (factor · width). */
  run(low: Float32Array, width: number, height: number): Promise<Float32Array>
  release(): Promise<void>
}

/** Reads what a folder with an enlarging network says of itself, without loading weights. Error: `not-a-model`. */
export async function readUpscaler(path: string): Promise<UpscalerFolder> {
  const configuration = await readConfiguration(path, 'upscaler.json', upscalerFile)
  if (!configuration) throw new StudioError('not-a-model', { path, detail: 'upscaler.json is missing' })
  const { factor, overlap, multiple } = configuration
  const card = await readConfiguration(path, 'galley.json', galleyFile)
  const { size } = await stat(join(path, FILE)).catch((error: Error) => {
    throw new StudioError('not-a-model', { path, detail: `${FILE} is missing` }, { cause: error })
  })
  return { path, name: card?.name ?? 'Upscaler', fileSize: size, factor, overlap, multiple }
}

/** Opens the network of a folder. Error: `not-a-model`. */
export async function openUpscaler(path: string, threads: number): Promise<Upscaler> {
  const folder = await readUpscaler(path)
  const refuse = (detail: string, cause?: unknown): never => {
    throw new StudioError('not-a-model', { path, detail: `${FILE}: ${detail}` }, { cause })
  }
  const header = await readOnnxHeader(join(path, FILE)).catch((error: Error) => refuse(error.message, error))
  if (!header.inputs.some(({ name, shape }) => name === 'low' && shape.length === 4) || !header.outputs.some(({ name }) => name === 'high'))
    refuse('it does not enlarge pictures')
  const graph: Graph = await openGraph(path, 'network', header, threads)
  return {
    ...folder,
    threads,
    async run(low, width, height) {
      const { data } = await graph.run({ low: { data: low, shape: [1, 3, height, width] } }, 'high')
      const wanted = 3 * width * height * folder.factor ** 2
      if (data.length !== wanted) throw new StudioError('bad-output', { detail: `the network gave ${data.length} numbers, not ${wanted}` })
      return data
    },
    release: () => graph.release(),
  }
}
