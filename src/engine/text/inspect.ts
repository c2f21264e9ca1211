import type { EngineResult } from '../../contract/index.js'
import { notAModel, readGgufHeader, type GgufHeader, type GgufValue } from './gguf.js'

/** Bytes of one number in the key-value cache (16-bit floats). */
const cacheNumberBytes = 2

/**
 * What a GGUF file is, read from its header. Errors: `not-found`, `not-a-model` for files that are something else, cut
 * off, or a model that writes no text.
 */
export async function inspectTextModel(path: string): Promise<EngineResult<'text', 'inspect'>> {
  const header = await readGgufHeader(path)
  const { values, fileSize, wholeSize } = header
  const architecture = values.get('general.architecture')
  if (typeof architecture !== 'string') throw notAModel(path, 'its header does not say which architecture it is')
  const parts = values.get('split.count')
  if (typeof parts === 'number' && parts > 1) throw notAModel(path, `it is one of ${parts} parts; join them to one file first`)
  if (header.tensors === 0) throw notAModel(path, 'it holds a vocabulary only, no weights')
  if (fileSize < wholeSize) throw notAModel(path, `the file is cut off: ${fileSize} of ${wholeSize} bytes are there`)
  const trainContext = numberOf(values.get(`${architecture}.context_length`))
  const writes = values.has('tokenizer.ggml.model') && trainContext > 0 && values.get(`${architecture}.attention.causal`) !== false
  if (!writes) throw notAModel(path, `it is a model of another kind (${architecture}) that writes no text`)
  return {
    architecture,
    name: String(values.get('general.name') ?? values.get('general.basename') ?? architecture),
    parameters: header.parameters,
    trainContext,
    fileSize,
    chatTemplate: values.has('tokenizer.chat_template'),
    licence: typeof values.get('general.license') === 'string' ? String(values.get('general.license')) : undefined,
    bytesPerToken: cacheBytesPerToken(header, architecture),
  }
}

/**
 * Bytes that one token of context takes in the key-value cache: keys and values of every layer. An upper bound where
 * layers share or slide their caches.
 */
function cacheBytesPerToken({ values }: GgufHeader, architecture: string): number {
  const layers = numberOf(values.get(`${architecture}.block_count`))
  const heads = perLayer(values.get(`${architecture}.attention.head_count`), layers, 1)
  const cacheHeads = perLayer(values.get(`${architecture}.attention.head_count_kv`), layers, Math.max(...heads, 1))
  const embedding = numberOf(values.get(`${architecture}.embedding_length`))
  const headSize = embedding / Math.max(...heads, 1)
  const keySize = numberOf(values.get(`${architecture}.attention.key_length`)) || headSize
  const valueSize = numberOf(values.get(`${architecture}.attention.value_length`)) || headSize
  return Math.ceil(cacheHeads.reduce((sum, count) => sum + count * (keySize + valueSize) * cacheNumberBytes, 0))
}

function perLayer(value: GgufValue | undefined, layers: number, otherwise: number): number[] {
  if (Array.isArray(value)) return value.slice(0, layers)
  return Array.from({ length: Math.min(layers, 10_000) }, () => numberOf(value as number | undefined) || otherwise)
}

function numberOf(value: GgufValue | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
