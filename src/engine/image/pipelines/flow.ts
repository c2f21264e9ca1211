import type { ModelFolder } from '../folder/model-folder.js'
import type { Conditioning, Pipeline } from './pipeline.js'
import { autoencoder, guide, openParts, twice } from './parts.js'

/**
 * Flow models with one text encoder and masks (StarterIconPipeline). Prompt and negative prompt go through as a batch of
 * two, padded to one length: without the masks the shorter one would be told the padding as if it were words. A network
 * that has the inputs for it is shown the picture to start from as well; without one it sees zeros, to be left wholly.
 */
export async function openFlowPipeline(folder: ModelFolder, threads: number, onShare: (share: number) => void): Promise<Pipeline> {
  const { tokenizer, graphs, release } = await openParts(folder, threads, onShare)
  const { channels } = folder.latent
  const looksAtPicture = folder.graphs.transformer!.inputs.some((input) => input.name === 'image_latents')
  return {
    folder,
    threads,
    ...autoencoder(folder, graphs),
    async condition(prompt, negativePrompt, guidance, start): Promise<Conditioning> {
      const texts = guidance === 1 ? [prompt] : [prompt, negativePrompt]
      const tokenized = texts.map((text) => tokenizer.encode(text, folder.maxTokens))
      const encoded = tokenized.map(({ ids }) => ids)
      const length = Math.max(...encoded.map((ids) => ids.length))
      const shape = [texts.length, length]
      const ids = encoded.flatMap((row) => [...row, ...Array<number>(length - row.length).fill(folder.padToken)])
      const mask = encoded.flatMap((row) => [...Array<number>(row.length).fill(1), ...Array<number>(length - row.length).fill(0)])
      const words = await graphs.text_encoder!.run({ input_ids: { data: ids, shape }, attention_mask: { data: mask, shape } }, 'last_hidden_state')
      return {
        cut: tokenized.some(({ cut }) => cut),
        async ask({ data, height, width }, timestep) {
          const batch = texts.length
          const original = start?.latent.data ?? new Float32Array(data.length)
          const picture = looksAtPicture && {
            image_latents: { data: batch === 2 ? twice(original) : original, shape: [batch, channels, height, width] },
            image_strength: { data: Array<number>(batch).fill(start?.strength ?? 1), shape: [batch] },
          }
          const { data: answer } = await graphs.transformer!.run(
            {
              hidden_states: { data: batch === 2 ? twice(data) : data, shape: [batch, channels, height, width] },
              timestep: { data: Array<number>(batch).fill(timestep), shape: [batch] },
              encoder_hidden_states: { data: words.data, shape: words.shape },
              encoder_attention_mask: { data: mask, shape },
              ...picture,
            },
            'out_hidden_states',
          )
          return batch === 2 ? guide(answer, guidance) : answer
        },
      }
    },
    release,
  }
}
