import { deflate, crc32 } from 'node:zlib'
import { promisify } from 'node:util'

const compress = promisify(deflate)
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** IHDR after the size: 8 bits a channel, RGB, no interlacing. */
const RGB_8 = [8, 2, 0, 0, 0]

function chunk(type: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(content.length + 12)
  bytes.writeUInt32BE(content.length, 0)
  bytes.write(type, 4, 'latin1')
  content.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, content.length + 8)), content.length + 8)
  return bytes
}

/** A small PNG of raw RGB bytes. For previews only: it saves a way through another process four times a second. */
export async function encodePreview(rgb: Uint8Array, width: number, height: number): Promise<Buffer> {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  // A zero before each row: no filter.
  for (let row = 0; row < height; row++) rows.set(rgb.subarray(row * width * 3, (row + 1) * width * 3), row * (width * 3 + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set(RGB_8, 8)
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('IDAT', await compress(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))])
}
