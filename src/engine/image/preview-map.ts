import type { Latent } from './pipelines/pipeline.js'

/**
 * A linear map from one latent to the block of pixels that it stands for: pixel value = bias + Σ weight · latent, in the
 * range −1…1. `block` is the side of that square in preview pixels; `weights` has (channels + 1) rows, the last one the
 * bias, of block · block · 3 columns.
 */
export interface PreviewMap {
  readonly block: number
  readonly channels: number
  readonly weights: Float64Array
}

/** Raw RGB of what a latent will look like, about. */
export function previewOf(map: PreviewMap, latent: Latent): { readonly rgb: Uint8Array; readonly width: number; readonly height: number } {
  const { block, channels, weights } = map
  const [width, height] = [latent.width * block, latent.height * block]
  const columns = block * block * 3
  const area = latent.width * latent.height
  const rgb = new Uint8ClampedArray(width * height * 3)
  const values = new Float64Array(columns)
  for (let y = 0; y < latent.height; y++) {
    for (let x = 0; x < latent.width; x++) {
      values.set(weights.subarray(channels * columns))
      for (let channel = 0; channel < channels; channel++) {
        const value = latent.data[channel * area + y * latent.width + x]!
        for (let column = 0; column < columns; column++) values[column]! += value * weights[channel * columns + column]!
      }
      for (let row = 0; row < block; row++) {
        for (let k = 0; k < block * 3; k++) rgb[((y * block + row) * width + x * block) * 3 + k] = values[row * block * 3 + k]! * 127.5 + 127.5
      }
    }
  }
  return { rgb: new Uint8Array(rgb.buffer), width, height }
}
