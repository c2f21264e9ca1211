import { readFile } from 'node:fs/promises'
import { StudioError } from '../../contract/index.js'

/** Numbers from −1 to 1 (3 × height × width) as raw RGB bytes. Error: `bad-output` where one is not a number. */
export function toRgb(picture: Float32Array, width: number, height: number): Uint8Array {
  const area = width * height
  if (picture.length !== area * 3)
    throw new StudioError('bad-output', { detail: `the decoder gave ${picture.length} numbers for a picture of ${width} × ${height}` })
  const rgb = new Uint8Array(area * 3)
  for (let channel = 0; channel < 3; channel++) {
    for (let pixel = 0; pixel < area; pixel++) {
      const value = picture[channel * area + pixel]!
      if (Number.isNaN(value)) throw new StudioError('bad-output', { detail: 'the decoder gave numbers that are no numbers' })
      rgb[pixel * 3 + channel] = Math.min(Math.max(Math.round(value * 127.5 + 127.5), 0), 255)
    }
  }
  return rgb
}

/** Colours from −1 to 1 and alpha from 0 to 1 (4 × height × width) as raw RGBA bytes. Error: `bad-output` where one is not a number. */
export function toRgba(picture: Float32Array, width: number, height: number): Uint8Array {
  const area = width * height
  if (picture.length !== area * 4) throw new StudioError('bad-output', { detail: `the matte gave ${picture.length} numbers for a picture of ${width} × ${height}` })
  const rgb = toRgb(picture.subarray(0, area * 3), width, height)
  const rgba = new Uint8Array(area * 4)
  for (let pixel = 0; pixel < area; pixel++) {
    const alpha = picture[area * 3 + pixel]!
    if (Number.isNaN(alpha)) throw new StudioError('bad-output', { detail: 'the matte gave numbers that are no numbers' })
    const level = Math.min(Math.max(Math.round(alpha * 255), 0), 255)
    // What is not seen has no colour: the same picture is the same bytes, and packs well.
    if (level > 0) rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
    rgba[pixel * 4 + 3] = level
  }
  return rgba
}

/** Raw RGB bytes as numbers from −1 to 1, 3 × height × width. */
export function fromRgb(rgb: Uint8Array, width: number, height: number): Float32Array {
  const area = width * height
  const picture = new Float32Array(area * 3)
  for (let pixel = 0; pixel < area; pixel++)
    for (let channel = 0; channel < 3; channel++) picture[channel * area + pixel] = rgb[pixel * 3 + channel]! / 127.5 - 1
  return picture
}

/** Reads raw RGB of exactly this size. Error: `bad-input`. */
export async function readRgb(path: string, width: number, height: number): Promise<Uint8Array> {
  const bytes = await readFile(path)
  if (bytes.length !== width * height * 3) throw new StudioError('bad-input', { detail: `raw picture of ${bytes.length} bytes, not ${width} × ${height} × 3` })
  return bytes
}
