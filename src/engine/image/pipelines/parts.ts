import { openTokenizer, type WordTokenizer } from '../tokenizer.js'
import type { ModelFolder } from '../folder/model-folder.js'
import type { PartName } from '../folder/layout.js'
import { openGraph, type Graph } from '../sessions.js'
import type { Latent, Pipeline } from './pipeline.js'

export interface Parts {
  readonly tokenizer: WordTokenizer
  readonly graphs: Partial<Record<PartName, Graph>>
  release(): Promise<void>
}

/** Opens every graph of a folder, one after the other; what was opened is released again where a later one fails. */
export async function openParts(folder: ModelFolder, threads: number, onShare: (share: number) => void): Promise<Parts> {
  const tokenizer = await openTokenizer(folder.path)
  const names = Object.keys(folder.graphs) as PartName[]
  const graphs: Partial<Record<PartName, Graph>> = {}
  const release = async (): Promise<void> => {
    for (const graph of Object.values(graphs)) await graph.release()
  }
  try {
    for (const [index, name] of names.entries()) {
      graphs[name] = await openGraph(folder.path, name, folder.graphs[name]!, threads)
      onShare((index + 1) / names.length)
    }
  } catch (error) {
    await release()
    throw error
  }
  return { tokenizer, graphs, release }
}

/** `out = empty + guidance · (asked − empty)` for a batch of two answers, the prompt's first. */
export function guide(batch: Float32Array, guidance: number): Float32Array {
  const size = batch.length / 2
  const guided = new Float32Array(size)
  for (let index = 0; index < size; index++) guided[index] = batch[size + index]! + guidance * (batch[index]! - batch[size + index]!)
  return guided
}

export function twice(data: Float32Array): Float32Array {
  const both = new Float32Array(data.length * 2)
  both.set(data)
  both.set(data, data.length)
  return both
}

/** Decoder, encoder and matte of a folder; they are the same for every kind of pipeline. */
export function autoencoder(folder: ModelFolder, graphs: Parts['graphs']): Pick<Pipeline, 'decode' | 'encode' | 'matte'> {
  const {
    scalingFactor,
    shiftFactor,
    latent: { channels },
    block,
  } = folder
  const encoder = graphs.vae_encoder
  const matte = graphs.matte
  return {
    async decode({ data, height, width }) {
      const scaled = scalingFactor === 1 && shiftFactor === 0 ? data : data.map((value) => value / scalingFactor + shiftFactor)
      return (await graphs.vae_decoder!.run({ latent_sample: { data: scaled, shape: [1, channels, height, width] } }, 'sample')).data
    },
    encode: encoder
      ? async (picture, width, height, noise): Promise<Latent> => {
          const output = encoder.header.outputs[0]!.name
          const { data } = await encoder.run({ sample: { data: picture, shape: [1, 3, height, width] } }, output)
          const count = channels * (height / block) * (width / block)
          // Twice the channels: mean and logarithm of the variance, of which a sample is drawn.
          const drawn = data.length === count * 2 ? noise(count) : null
          const latent = new Float32Array(count)
          for (let index = 0; index < count; index++) {
            const spread = drawn ? Math.exp(0.5 * Math.min(Math.max(data[count + index]!, -30), 20)) * drawn[index]! : 0
            latent[index] = (data[index]! + spread - shiftFactor) * scalingFactor
          }
          return { data: latent, width: width / block, height: height / block }
        }
      : null,
    matte: matte ? async (picture, width, height) => (await matte.run({ sample: { data: picture, shape: [1, 3, height, width] } }, 'rgba')).data : null,
  }
}
