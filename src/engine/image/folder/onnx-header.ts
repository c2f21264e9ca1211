import { open, type FileHandle } from 'node:fs/promises'

/** An input or output of a graph. A dimension is a number, or its name where it may vary. */
export interface GraphValue {
  readonly name: string
  readonly type: TensorType
  readonly shape: readonly (number | string)[]
}
export interface GraphHeader {
  readonly inputs: readonly GraphValue[]
  readonly outputs: readonly GraphValue[]
}
export type TensorType = 'float32' | 'float16' | 'int64' | 'int32' | 'bool' | 'other'

/** ONNX TensorProto.DataType numbers that a picture pipeline uses. */
const TYPES: Record<number, TensorType> = { 1: 'float32', 10: 'float16', 7: 'int64', 6: 'int32', 9: 'bool' }
const GRAPH = 7
const GRAPH_INPUT = 11
const GRAPH_OUTPUT = 12
/** A value's description is some hundred bytes; a claimed megabyte is not a graph. */
const LONGEST_VALUE = 1 << 20
const WINDOW = 1 << 16

/** Reads protobuf at a position of the file and skips what it is not asked for, so that weights stay on the disk. */
class FileReader {
  private window = Buffer.alloc(0)
  private windowAt = 0
  constructor(
    private readonly file: FileHandle,
    readonly size: number,
  ) {}

  async bytes(at: number, length: number): Promise<Buffer> {
    if (length < 0 || at + length > this.size) throw new Error('it ends in the middle')
    if (at < this.windowAt || at + length > this.windowAt + this.window.length) {
      const wanted = Math.min(Math.max(length, WINDOW), this.size - at)
      const buffer = Buffer.alloc(wanted)
      const { bytesRead } = await this.file.read(buffer, 0, wanted, at)
      this.window = buffer.subarray(0, bytesRead)
      this.windowAt = at
      if (bytesRead < length) throw new Error('it ends in the middle')
    }
    return this.window.subarray(at - this.windowAt, at - this.windowAt + length)
  }

  async tag(at: number): Promise<Tag> {
    return readTag(await this.bytes(at, Math.min(24, this.size - at)), 0)
  }
}

interface Tag {
  readonly field: number
  readonly start: number
  readonly length: number
}

function readVarint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = bytes[at++]
    if (byte === undefined) throw new Error('it ends in the middle')
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at]
  }
  throw new Error('a number in it is too long')
}

/** The field at `at`; `start` is where its content begins, relative to the buffer, `length` how long that is. */
function readTag(bytes: Buffer, at: number): Tag {
  const [key, afterKey] = readVarint(bytes, at)
  const field = Math.floor(key / 8)
  const wire = key % 8
  if (wire === 0) return { field, start: afterKey, length: readVarint(bytes, afterKey)[1] - afterKey }
  if (wire === 1) return { field, start: afterKey, length: 8 }
  if (wire === 5) return { field, start: afterKey, length: 4 }
  if (wire !== 2) throw new Error('it is not an ONNX graph')
  const [length, start] = readVarint(bytes, afterKey)
  return { field, start, length }
}

function* fieldsOf(bytes: Buffer): Generator<{ field: number; content: Buffer }> {
  for (let at = 0; at < bytes.length;) {
    const tag = readTag(bytes, at)
    if (tag.start + tag.length > bytes.length) throw new Error('it ends in the middle')
    yield { field: tag.field, content: bytes.subarray(tag.start, tag.start + tag.length) }
    at = tag.start + tag.length
  }
}

const contentOf = (bytes: Buffer, field: number): Buffer | undefined => [...fieldsOf(bytes)].find((entry) => entry.field === field)?.content

function readValue(bytes: Buffer): GraphValue {
  const name = contentOf(bytes, 1)?.toString('utf8') ?? ''
  const tensor = contentOf(contentOf(bytes, 2) ?? Buffer.alloc(0), 1) ?? Buffer.alloc(0)
  const element = contentOf(tensor, 1)
  const shape = [...fieldsOf(contentOf(tensor, 2) ?? Buffer.alloc(0))]
    .filter((entry) => entry.field === 1)
    .map(({ content }) => {
      const value = contentOf(content, 1)
      return value ? readVarint(value, 0)[0] : contentOf(content, 2)?.toString('utf8') || '?'
    })
  return { name, type: (element && TYPES[readVarint(element, 0)[0]]) ?? 'other', shape }
}

/** Inputs and outputs of an ONNX file, read without its weights. Throws an `Error` whose message says what is wrong with the file. */
export async function readOnnxHeader(path: string): Promise<GraphHeader> {
  const file = await open(path, 'r')
  try {
    const reader = new FileReader(file, (await file.stat()).size)
    const inputs: GraphValue[] = []
    const outputs: GraphValue[] = []
    let graphs = 0
    for (let at = 0; at < reader.size;) {
      const model = await reader.tag(at)
      const end = at + model.start + model.length
      if (end > reader.size) throw new Error('it ends in the middle')
      if (model.field === GRAPH) {
        graphs++
        for (let inner = at + model.start; inner < end;) {
          const part = await reader.tag(inner)
          if (part.field === GRAPH_INPUT || part.field === GRAPH_OUTPUT) {
            if (part.length > LONGEST_VALUE) throw new Error('it is not an ONNX graph')
            ;(part.field === GRAPH_INPUT ? inputs : outputs).push(readValue(await reader.bytes(inner + part.start, part.length)))
          }
          inner += part.start + part.length
        }
      }
      at = end
    }
    if (graphs !== 1 || inputs.length === 0 || outputs.length === 0) throw new Error('it is not an ONNX graph')
    return { inputs, outputs }
  } finally {
    await file.close()
  }
}
