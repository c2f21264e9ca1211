import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { StudioError } from '../../../contract/index.js'
import {
  autoencoderConfiguration,
  galleyFile,
  modelIndex,
  networkConfiguration,
  readConfiguration,
  schedulerConfiguration,
  textConfiguration,
  type SchedulerConfiguration,
} from './configuration.js'
import { expectedParts, pipelineKind, type PartName, type PipelineKind } from './layout.js'
import { readOnnxHeader, type GraphHeader } from './onnx-header.js'

/** A diffusers-style folder as it lies on the disk: what it is, what each graph takes and gives, and how it is sampled. */
export interface ModelFolder {
  readonly path: string
  readonly name: string
  readonly pipeline: string
  readonly kind: PipelineKind
  readonly fileSize: number
  readonly graphs: Readonly<Partial<Record<PartName, GraphHeader>>>
  readonly scheduler: SchedulerConfiguration
  readonly latent: { readonly channels: number; readonly width: number; readonly height: number }
  /** Pixels along one side of a latent. */
  readonly block: number
  readonly scalingFactor: number
  readonly shiftFactor: number
  readonly sizes: readonly (readonly [number, number])[]
  readonly steps: number
  readonly guidance: number
  readonly fixedSteps: boolean
  readonly maxTokens: number
  readonly padToken: number
  /** Length of the guidance embedding that LCM networks take instead of a second pass. */
  readonly guidanceEmbedding: number | null
}

/** Reads a folder without its weights. Error: `not-a-model`, its detail naming the part that is missing or does not fit. */
export async function readModelFolder(path: string): Promise<ModelFolder> {
  const fail = (detail: string): never => {
    throw new StudioError('not-a-model', { path, detail })
  }
  const index = (await readConfiguration(path, 'model_index.json', modelIndex)) ?? fail('model_index.json is missing')
  const pipeline = index._class_name
  const kind = pipelineKind(pipeline) ?? fail(`model_index.json: the built-in engine does not run a ${pipeline}`)
  const scheduler =
    (await readConfiguration(path, 'scheduler/scheduler_config.json', schedulerConfiguration)) ?? fail('scheduler/scheduler_config.json is missing')
  const galley = await readConfiguration(path, 'galley.json', galleyFile)
  const autoencoder = await readConfiguration(path, 'vae_decoder/config.json', autoencoderConfiguration)
  const text = await readConfiguration(path, 'text_encoder/config.json', textConfiguration)

  const graphs: Partial<Record<PartName, GraphHeader>> = {}
  for (const part of expectedParts(kind)) {
    const file = `${part.name}/model.onnx`
    if (!(await isFile(join(path, file)))) {
      if (part.needed) fail(`${file} is missing`)
      continue
    }
    try {
      graphs[part.name] = await readOnnxHeader(join(path, file))
    } catch (error) {
      fail(`${file}: ${(error as Error).message}`)
    }
    const problem = part.mismatch(graphs[part.name]!)
    if (problem) fail(`${file}: ${problem}`)
  }
  const network = kind === 'flow' ? graphs.transformer! : graphs.unet!
  const networkFolder = kind === 'flow' ? 'transformer' : 'unet'
  const networkText = await readConfiguration(path, `${networkFolder}/config.json`, networkConfiguration)
  const [, channels, height, width] = network.inputs[0]!.shape
  const pictures = graphs.vae_decoder!.outputs[0]!.shape
  const latentIn = graphs.vae_decoder!.inputs[0]!.shape
  if (typeof latentIn[1] === 'number' && typeof channels === 'number' && latentIn[1] !== channels) {
    fail(`vae_decoder/model.onnx takes ${latentIn[1]} latent channels, ${networkFolder}/model.onnx gives ${channels}`)
  }
  const latent = {
    channels: firstNumber(channels, latentIn[1], autoencoder?.latent_channels) ?? 4,
    height: firstNumber(height, latentIn[2]) ?? 64,
    width: firstNumber(width, latentIn[3]) ?? 64,
  }
  const block = typeof pictures[2] === 'number' ? pictures[2] / latent.height : 8
  if (!Number.isInteger(block) || block < 1) fail(`vae_decoder/model.onnx: pictures of ${pictures[2]} from latents of ${latent.height}`)

  return {
    path,
    pipeline,
    kind,
    graphs: graphs,
    scheduler,
    latent,
    block,
    name: galley?.name ?? basename(path),
    fileSize: await folderSize(path),
    scalingFactor: autoencoder?.scaling_factor ?? (kind === 'flow' ? 1 : 0.18215),
    shiftFactor: autoencoder?.shift_factor ?? 0,
    // A graph with fixed dimensions runs at its own size alone, whatever else is claimed.
    sizes: typeof width === 'number' || !galley?.sizes ? [[latent.width * block, latent.height * block]] : galley.sizes,
    steps: scheduler.num_inference_steps ?? galley?.num_inference_steps ?? (pipeline.startsWith('LatentConsistency') ? 4 : 20),
    guidance: scheduler.guidance_scale ?? galley?.guidance_scale ?? (kind === 'flow' ? 4 : 7.5),
    fixedSteps: scheduler.fixed_steps ?? false,
    maxTokens: text?.max_tokens ?? (kind === 'flow' ? 20 : 77),
    padToken: text?.pad_token_id ?? 0,
    guidanceEmbedding: network.inputs.some((input) => input.name === 'timestep_cond') ? (networkText?.time_cond_proj_dim ?? 256) : null,
  }
}

const firstNumber = (...values: (number | string | undefined)[]): number | undefined => values.find((value) => typeof value === 'number')

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

async function folderSize(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
