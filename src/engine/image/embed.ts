import { StudioError } from '../../contract/index.js'
import { readOnnxHeader } from './folder/onnx-header.js'
import { openGraph, type Graph } from './sessions.js'
import { openTokenizer, type WordTokenizer } from './tokenizer.js'
import { join } from 'node:path'

/** MiniLM was trained on passages of this length; what comes after is not looked at. */
const LONGEST = 256
/** Texts that go through at once; sorted by length, so that little is padding. */
const BATCH = 16

export interface Embedder {
  readonly path: string
  /** One unit vector for each text: the mean of its token vectors, divided by its length. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>
  release(): Promise<void>
}

/** Opens the text encoder of a folder alone, for search by meaning. Error: `not-a-model`. */
export async function openEmbedder(path: string, threads: number): Promise<Embedder> {
  const file = 'text_encoder/model.onnx'
  const header = await readOnnxHeader(join(path, file)).catch((error: Error) => {
    throw new StudioError('not-a-model', { path, detail: `${file}: ${error.message}` }, { cause: error })
  })
  if (!header.inputs.some((input) => input.name === 'attention_mask') || !header.outputs.some((output) => output.name === 'last_hidden_state')) {
    throw new StudioError('not-a-model', { path, detail: `${file}: it gives no vectors for search` })
  }
  const tokenizer = await openTokenizer(path)
  const graph = await openGraph(path, 'text_encoder', header, threads)
  return { path, embed: (texts, signal) => embedAll(graph, tokenizer, texts, signal), release: () => graph.release() }
}

async function embedAll(graph: Graph, tokenizer: WordTokenizer, texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
  const rows = texts.map((text, index) => ({ index, ids: tokenizer.encode(text, LONGEST).ids })).sort((a, b) => a.ids.length - b.ids.length)
  const vectors: number[][] = Array<number[]>(texts.length)
  for (let start = 0; start < rows.length; start += BATCH) {
    if (signal.aborted) throw new StudioError('cancelled', {})
    const batch = rows.slice(start, start + BATCH)
    const length = batch.at(-1)!.ids.length
    const shape = [batch.length, length]
    const padded = (value: (ids: number[], at: number) => number): number[] =>
      batch.flatMap(({ ids }) => Array.from({ length }, (_, at) => (at < ids.length ? value(ids, at) : 0)))
    const {
      data,
      shape: [, , width],
    } = await graph.run(
      {
        input_ids: { data: padded((ids, at) => ids[at]!), shape },
        attention_mask: { data: padded(() => 1), shape },
        ...(graph.header.inputs.some((input) => input.name === 'token_type_ids') && { token_type_ids: { data: padded(() => 0), shape } }),
      },
      'last_hidden_state',
    )
    batch.forEach(({ index, ids }, row) => {
      vectors[index] = meanOf(data.subarray(row * length * width!, (row * length + ids.length) * width!), width!)
    })
  }
  return vectors
}

function meanOf(tokens: Float32Array, width: number): number[] {
  const sum = new Float64Array(width)
  for (let index = 0; index < tokens.length; index++) sum[index % width]! += tokens[index]!
  const size = Math.hypot(...sum)
  if (!(size > 0) || !Number.isFinite(size)) throw new StudioError('bad-output', { detail: 'the text encoder gave numbers that are no numbers' })
  return Array.from(sum, (value) => value / size)
}
