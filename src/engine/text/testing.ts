/** Writes little GGUF files for tests. */
type Value = string | number | boolean | readonly number[] | readonly string[]

export interface TestTensor { readonly name: string; readonly dimensions: readonly number[]; readonly type: number; readonly bytes: number }

export function writeGguf(values: Record<string, Value>, tensors: readonly TestTensor[] = [{ name: 'w', dimensions: [32, 4], type: 3, bytes: 80 }]): Buffer {
  const parts: Buffer[] = [Buffer.from('GGUF', 'latin1'), u32(3), u64(tensors.length), u64(Object.keys(values).length)]
  for (const [key, value] of Object.entries(values)) parts.push(text(key), ...encode(value))
  let offset = 0
  for (const tensor of tensors) {
    parts.push(text(tensor.name), u32(tensor.dimensions.length), ...tensor.dimensions.map(u64), u32(tensor.type), u64(offset))
    offset += Math.ceil(tensor.bytes / 32) * 32
  }
  const header = Buffer.concat(parts)
  const data = tensors.map((tensor, index) => Buffer.alloc(index === tensors.length - 1 ? tensor.bytes : Math.ceil(tensor.bytes / 32) * 32, 7))
  return Buffer.concat([header, Buffer.alloc((32 - (header.length % 32)) % 32), ...data])
}

export const tinyModel: Record<string, Value> = {
  'general.architecture': 'llama', 'general.name': 'Tiny', 'general.license': 'mit', 'general.aligned': true,
  'llama.context_length': 2048, 'llama.block_count': 3, 'llama.embedding_length': 64,
  'llama.attention.head_count': 8, 'llama.attention.head_count_kv': 2, 'llama.rope.freq_base': 10_000.5,
  'tokenizer.ggml.model': 'gpt2', 'tokenizer.ggml.tokens': ['a', 'b', 'ü'], 'tokenizer.ggml.token_type': [1, 1, 1], 'tokenizer.chat_template': '{{ messages }}',
}

function encode(value: Value): Buffer[] {
  if (typeof value === 'string') return [u32(8), text(value)]
  if (typeof value === 'boolean') return [u32(7), Buffer.from([value ? 1 : 0])]
  if (typeof value === 'number') return Number.isInteger(value) ? [u32(4), u32(value)] : [u32(12), f64(value)]
  if (value.every((each) => typeof each === 'string')) return [u32(9), u32(8), u64(value.length), ...value.map((each) => text(each as string))]
  return [u32(9), u32(4), u64(value.length), ...value.map((each) => u32(each as number))]
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}

function u64(value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64LE(BigInt(value))
  return buffer
}

function f64(value: number): Buffer {
  const buffer = Buffer.alloc(8)
  buffer.writeDoubleLE(value)
  return buffer
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([u64(bytes.length), bytes])
}
