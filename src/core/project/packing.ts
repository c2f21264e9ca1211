import { deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib'

/** A text as it lies in a primary table. `codec` 0: as it is, 1: raw deflate. `size`: bytes when unpacked. */
export interface Packed { readonly size: number; readonly codec: number; readonly body: Buffer }

/** Largest text that is unpacked from a file, in bytes. */
const MAX_UNPACKED = 256 * 1024 * 1024

/** Most texts are a paragraph: a window of their own size is made ready much sooner, and packs as well. */
function optionsFor(size: number): ZlibOptions {
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(size))))
  return size > 16384 ? {} : { windowBits, memLevel: Math.max(4, windowBits - 7), chunkSize: size + 64 }
}

/** Packs a text; what does not get smaller stays as it is. */
export function pack(text: string): Packed {
  const plain = Buffer.from(text, 'utf8')
  if (plain.length > 200) {
    const body = deflateRawSync(plain, optionsFor(plain.length))
    if (body.length < plain.length * 0.9) return { size: plain.length, codec: 1, body }
  }
  return { size: plain.length, codec: 0, body: plain }
}

/** The text of a packed row. Sizes are checked before memory is taken. Errors: any `Error`. */
export function unpack(row: Packed): string {
  if (row.size > MAX_UNPACKED) throw new Error(`a row of ${row.size} bytes is too large`)
  if (row.codec !== 0 && row.codec !== 1) throw new Error(`codec ${row.codec} is not known`)
  const plain = row.codec === 0 ? row.body : inflateRawSync(row.body, { maxOutputLength: Math.max(1, row.size), chunkSize: Math.min(16_384, row.size + 64) })
  return textOfSize(plain, row.size)
}

function textOfSize(plain: Buffer, size: number): string {
  if (plain.length !== size) throw new Error(`a row has ${plain.length} bytes where ${size} were said`)
  return plain.toString('utf8')
}

/** What zlib answers with `info`: how many bytes went into it before the text was whole. */
interface Inflated { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }

/**
 * The text of a row of another file, and how it goes into ours: null as it is, else packed anew because something stands behind the
 * text in it, so that no file takes over bytes which nobody reads. Errors: any `Error`.
 */
export function unpackForeign(row: Packed): { text: string; anew: Packed | null } {
  if (row.codec !== 1 || row.size > MAX_UNPACKED) return { text: unpack(row), anew: null }
  const { buffer, engine } = inflateRawSync(row.body, { maxOutputLength: Math.max(1, row.size), info: true }) as unknown as Inflated
  const text = textOfSize(buffer, row.size)
  return { text, anew: engine.bytesWritten === row.body.length ? null : pack(text) }
}
