import { open } from 'node:fs/promises'
import { StudioError } from '../../contract/index.js'
import { Cursor, EndOfFile } from './gguf-cursor.js'
import { arrayType, stringType, tensorBlocks, valueSizes } from './gguf-types.js'

const stringLimit = 4 << 20
const keptArray = 4096
const entryLimit = 1_000_000

export type GgufValue = string | number | boolean | readonly number[]

export interface GgufHeader {
  /** Simple values, and arrays of at most 4096 numbers; longer arrays (the vocabulary) are passed over. */
  readonly values: ReadonlyMap<string, GgufValue>
  readonly tensors: number
  /** Sum of all tensors' elements. */
  readonly parameters: number
  /** Bytes that the file must have for all tensors to be whole, and that it has. */
  readonly wholeSize: number
  readonly fileSize: number
}

/**
 * Reads the header of a GGUF file: metadata and where the tensors lie, never the tensors themselves.
 * Errors: `not-found`, `not-a-model` where it is something else, damaged or cut off.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new StudioError('not-found', { what: 'file', id: path })
    if (error.code === 'EACCES' || error.code === 'EPERM') throw new StudioError('no-permission', { path })
    throw error
  })
  try {
    const found = await file.stat()
    if (!found.isFile()) throw notAModel(path, 'it is a folder, not a GGUF file')
    return await readHeader(new Cursor(file, found.size), path)
  } catch (error) {
    if (error instanceof EndOfFile) throw notAModel(path, 'the file is cut off: its header is not whole', error)
    throw error
  } finally {
    await file.close()
  }
}

async function readHeader(cursor: Cursor, path: string): Promise<GgufHeader> {
  if (cursor.size < 4 || (await cursor.take(4)).toString('latin1') !== 'GGUF') throw notAModel(path, 'it is not a GGUF file')
  const version = await cursor.u32()
  if (version !== 2 && version !== 3) throw notAModel(path, `GGUF version ${version} is not known here`)
  const tensors = await cursor.u64()
  const entries = await cursor.u64()
  if (tensors > entryLimit || entries > entryLimit) throw notAModel(path, 'its header is damaged')
  const values = new Map<string, GgufValue>()
  for (let entry = 0; entry < entries; entry++) {
    const key = await cursor.string(65_536)
    const value = await readValue(cursor, await cursor.u32(), path)
    if (value !== undefined) values.set(key, value)
  }
  let parameters = 0
  let dataSize = 0
  for (let tensor = 0; tensor < tensors; tensor++) {
    const { elements, end } = await readTensor(cursor, path)
    parameters += elements
    dataSize = Math.max(dataSize, end)
  }
  const alignment = values.get('general.alignment')
  const step = typeof alignment === 'number' && alignment > 0 ? alignment : 32
  return { values, tensors, parameters, wholeSize: Math.ceil(cursor.position / step) * step + dataSize, fileSize: cursor.size }
}

async function readTensor(cursor: Cursor, path: string): Promise<{ elements: number; end: number }> {
  await cursor.string(65_536)
  const dimensions = await cursor.u32()
  if (dimensions > 8) throw notAModel(path, 'its header is damaged')
  let elements = 1
  for (let dimension = 0; dimension < dimensions; dimension++) elements *= await cursor.u64()
  const block = tensorBlocks[await cursor.u32()]
  const offset = await cursor.u64()
  return { elements, end: offset + (block ? Math.ceil(elements / block[0]) * block[1] : 0) }
}

async function readValue(cursor: Cursor, type: number, path: string): Promise<GgufValue | undefined> {
  if (type === stringType) return await cursor.string(stringLimit)
  if (type === arrayType) return await readArray(cursor, path)
  return await readNumber(cursor, type, path)
}

async function readNumber(cursor: Cursor, type: number, path: string): Promise<number | boolean> {
  const size = valueSizes[type]
  if (size === undefined) throw notAModel(path, 'its header is damaged')
  const bytes = await cursor.take(size)
  switch (type) {
    case 0: return bytes.readUInt8()
    case 1: return bytes.readInt8()
    case 2: return bytes.readUInt16LE()
    case 3: return bytes.readInt16LE()
    case 4: return bytes.readUInt32LE()
    case 5: return bytes.readInt32LE()
    case 6: return bytes.readFloatLE()
    case 7: return bytes.readUInt8() !== 0
    case 10: return Number(bytes.readBigUInt64LE())
    case 11: return Number(bytes.readBigInt64LE())
    default: return bytes.readDoubleLE()
  }
}

async function readArray(cursor: Cursor, path: string): Promise<readonly number[] | undefined> {
  const type = await cursor.u32()
  const length = await cursor.u64()
  if (type === stringType) {
    for (let index = 0; index < length; index++) cursor.skip(await cursor.u64())
    return undefined
  }
  const size = valueSizes[type]
  if (size === undefined) throw notAModel(path, 'its header is damaged')
  if (length > keptArray) {
    cursor.skip(length * size)
    return undefined
  }
  const numbers: number[] = []
  for (let index = 0; index < length; index++) numbers.push(Number(await readNumber(cursor, type, path)))
  return numbers
}

/** The error for a file that is no model, with what is wrong with it. */
export function notAModel(path: string, detail: string, cause?: unknown): StudioError<'not-a-model'> {
  return new StudioError('not-a-model', { path, detail }, { cause })
}
