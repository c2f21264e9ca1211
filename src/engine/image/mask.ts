import { readFile } from 'node:fs/promises'
import { StudioError } from '../../contract/index.js'

/** Reads a mask of exactly this size, one byte for each pixel: 0 stays as it is, 255 is painted anew. Error: `bad-input`. */
export async function readMask(path: string, width: number, height: number): Promise<Uint8Array> {
  const bytes = await readFile(path)
  if (bytes.length !== width * height) throw new StudioError('bad-input', { detail: `mask of ${bytes.length} bytes, not ${width} × ${height}` })
  return bytes
}

/** The mask in the numbers of a latent: 1 where any pixel under a number was painted, else 0. `block`: pixels along one side of a number. */
export function latentMask(mask: Uint8Array, width: number, height: number, block: number): Float32Array {
  const [across, down] = [width / block, height / block]
  const latent = new Float32Array(across * down)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / block) * across
    for (let x = 0; x < width; x++) if (mask[y * width + x]! > 0) latent[row + Math.floor(x / block)] = 1
  }
  return latent
}

/** `sample` where the mask is 1, `known` where it is 0, in every channel. */
export function keepOutside(sample: Float32Array, known: Float32Array, mask: Float32Array): Float32Array {
  const mixed = Float32Array.from(known)
  for (let index = 0; index < mixed.length; index++) if (mask[index % mask.length] === 1) mixed[index] = sample[index]!
  return mixed
}

/** Raw RGB of the new picture where it was painted, of the old one elsewhere, to the byte; between the two along soft edges. */
export function pasteOutside(made: Uint8Array, source: Uint8Array, mask: Uint8Array): Uint8Array {
  const rgb = Uint8Array.from(source)
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const share = mask[pixel]!
    if (share === 0) continue
    for (let at = pixel * 3; at < pixel * 3 + 3; at++) rgb[at] = share === 255 ? made[at]! : Math.round((made[at]! * share + source[at]! * (255 - share)) / 255)
  }
  return rgb
}
