import type { ModelFolder } from '../folder/model-folder.js'
import type { Conditioning, Pipeline } from './pipeline.js'
import { autoencoder, guide, openParts, twice } from './parts.js'

/** The sinusoidal embedding of a guidance scale that LCM networks take: sines, then cosines, of 1000·(scale − 1). */
export function guidanceEmbedding(guidance: number, length: number): Float32Array {
  const half = Math.floor(length / 2)
  const embedding = new Float32Array(length)
  for (let index = 0; index < half; index++) {
    const angle = (guidance - 1) * 1000 * Math.exp((-Math.log(10000) * index) / (half - 1))
    embedding[index] = Math.sin(angle)
    embedding[half + index] = Math.cos(angle)
  }
  return embedding
}

/** Stable Diffusion 1 and latent consistency models: a CLIP text encoder without masks and a U-Net. */
export async function openDiffusionPipeline(folder: ModelFolder, threads: number, onShare: (share: number) => void): Promise<Pipeline> {
  const { tokenizer, graphs, release } = await openParts(folder, threads, onShare)
  const { channels } = folder.latent
  const timestepRank = folder.graphs.unet!.inputs.find((input) => input.name === 'timestep')!.shape.length
  return {
    folder,
    threads,
    ...autoencoder(folder, graphs),
    async condition(prompt, negativePrompt, guidance): Promise<Conditioning> {
      const distilled = folder.guidanceEmbedding
      const texts = guidance === 1 || distilled !== null ? [prompt] : [prompt, negativePrompt]
      const tokenized = texts.map((text) => tokenizer.encode(text, folder.maxTokens))
      const ids = tokenized.flatMap(({ ids: row }) => {
        // CLIP is padded with its closing mark, which is what its weights know.
        return [...row, ...Array<number>(folder.maxTokens - row.length).fill(row.at(-1)!)]
      })
      const batch = texts.length
      const words = await graphs.text_encoder!.run({ input_ids: { data: ids, shape: [batch, folder.maxTokens] } }, 'last_hidden_state')
      const scale = distilled === null ? null : { timestep_cond: { data: guidanceEmbedding(guidance, distilled), shape: [1, distilled] } }
      return {
        cut: tokenized.some(({ cut }) => cut),
        async ask({ data, height, width }, timestep) {
          const { data: answer } = await graphs.unet!.run(
            {
              sample: { data: batch === 2 ? twice(data) : data, shape: [batch, channels, height, width] },
              timestep: { data: [timestep], shape: timestepRank === 0 ? [] : [1] },
              encoder_hidden_states: { data: words.data, shape: words.shape },
              ...scale,
            },
            'out_sample',
          )
          return batch === 2 ? guide(answer, guidance) : answer
        },
      }
    },
    release,
  }
}
