import { normalNoise, noiseStreams, philox } from './noise.js'
import type { Latent, Pipeline } from './pipelines/pipeline.js'
import type { PreviewMap } from './preview-map.js'

/** Previews are about this wide: large enough to see a thing, small enough to cost nothing. */
const PREVIEW_WIDTH = 128
const FIT_PICTURES = 6
const FIT_SEED = 20260101
/** Decoding more latents than this at each load would be felt. */
const LARGEST_FIT = 32 * 32

/**
 * Fits the map to a loaded model by least squares over a few pictures that its decoder makes. Null where that would take
 * seconds (a decoder of a fixed, large size). Same model, same map.
 */
export async function fitPreviewMap(pipeline: Pipeline): Promise<PreviewMap | null> {
  const { latent: size, block: pixels, graphs } = pipeline.folder
  const dynamic = typeof graphs.vae_decoder!.inputs[0]!.shape[2] === 'string'
  const height = dynamic ? Math.min(size.height, 16) : size.height
  const width = dynamic ? Math.min(size.width, 16) : size.width
  if (height * width > LARGEST_FIT) return null
  const block = Math.min(pixels, Math.max(1, Math.floor(PREVIEW_WIDTH / size.width)))
  const rows = size.channels + 1
  const columns = block * block * 3
  const normal = new Float64Array(rows * rows)
  const target = new Float64Array(rows * columns)
  for (let number = 0; number < FIT_PICTURES; number++) {
    const latent = await fitLatent(pipeline, number, width, height)
    const picture = await pipeline.decode(latent)
    accumulate({ latent, picture, pixels, block, normal, target })
  }
  const weights = solve(normal, target, rows, columns)
  return weights && { block, channels: size.channels, weights }
}

/** A latent such as pictures have: encoded shapes where the folder can encode, else smooth noise. */
async function fitLatent(pipeline: Pipeline, number: number, width: number, height: number): Promise<Latent> {
  const {
    latent: { channels },
    block,
  } = pipeline.folder
  const noise = (count: number): Float32Array => normalNoise(FIT_SEED + number, noiseStreams.fit, count)
  const takes = pipeline.folder.graphs.vae_encoder?.inputs[0]!.shape[2]
  const fits = typeof takes === 'string' || takes === height * block
  if (pipeline.encode && fits) return pipeline.encode(shapes(width * block, height * block, number), width * block, height * block, noise)
  const fine = noise(channels * height * width)
  const flat = normalNoise(FIT_SEED + number, noiseStreams.fit + 1, channels)
  return { data: fine.map((value, index) => 0.4 * value + flat[Math.floor(index / (height * width))]!), width, height }
}

/** Coloured discs and boxes on a plain ground, with a slope of light over them: what covers a decoder's colours. */
function shapes(width: number, height: number, number: number): Float32Array {
  const words = Array.from({ length: 64 }, (_, index) => philox([index, 0, noiseStreams.fit, number], [FIT_SEED, 0])).flat()
  const draw = (): number => words.pop()! / 2 ** 32
  const colour = (): [number, number, number] => [draw() * 2 - 1, draw() * 2 - 1, draw() * 2 - 1]
  const ground = number % 2 === 0 ? ([1, 1, 1] as const) : colour()
  const things = Array.from({ length: 10 }, () => ({
    colour: colour(),
    x: draw() * width,
    y: draw() * height,
    radius: (0.08 + draw() * 0.25) * width,
    round: draw() < 0.5,
  }))
  const picture = new Float32Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const thing = things.findLast(
        ({ x: cx, y: cy, radius, round }) => (round ? Math.hypot(x - cx, y - cy) : Math.max(Math.abs(x - cx), Math.abs(y - cy))) < radius,
      )
      const light = 0.2 * (x / width - y / height)
      for (let channel = 0; channel < 3; channel++)
        picture[(channel * height + y) * width + x] = Math.min(Math.max((thing?.colour ?? ground)[channel]! + light, -1), 1)
    }
  }
  return picture
}

interface Observation {
  latent: Latent
  picture: Float32Array
  pixels: number
  block: number
  normal: Float64Array
  target: Float64Array
}

/** Adds one picture to the normal equations. Each preview pixel is the mean of the picture's pixels that it covers. */
function accumulate({ latent, picture, pixels, block, normal, target }: Observation): void {
  const { width, height, data } = latent
  const area = width * height
  const channels = data.length / area
  const rows = channels + 1
  const columns = block * block * 3
  const cell = pixels / block
  const across = width * pixels
  const values = new Float64Array(rows)
  const wanted = new Float64Array(columns)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) values[channel] = data[channel * area + y * width + x]!
      values[channels] = 1
      for (let column = 0; column < columns; column++) {
        const [channel, row, along] = [column % 3, Math.floor(column / 3 / block), Math.floor(column / 3) % block]
        const [top, left] = [Math.floor(y * pixels + row * cell), Math.floor(x * pixels + along * cell)]
        const [bottom, right] = [Math.max(top + 1, Math.floor(y * pixels + (row + 1) * cell)), Math.max(left + 1, Math.floor(x * pixels + (along + 1) * cell))]
        let sum = 0
        for (let py = top; py < bottom; py++) for (let px = left; px < right; px++) sum += picture[(channel * height * pixels + py) * across + px]!
        wanted[column] = sum / ((bottom - top) * (right - left))
      }
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < rows; j++) normal[i * rows + j]! += values[i]! * values[j]!
        for (let j = 0; j < columns; j++) target[i * columns + j]! += values[i]! * wanted[j]!
      }
    }
  }
}

/** Solves (normal + a little on the diagonal) · weights = target by Gauss elimination with pivots; null where there is no answer. */
function solve(normal: Float64Array, target: Float64Array, rows: number, columns: number): Float64Array | null {
  const a = Float64Array.from(normal)
  const b = Float64Array.from(target)
  const swap = (values: Float64Array, stride: number, i: number, j: number): void => {
    for (let k = 0; k < stride; k++) [values[i * stride + k], values[j * stride + k]] = [values[j * stride + k]!, values[i * stride + k]!]
  }
  for (let i = 0; i < rows; i++) a[i * rows + i]! += 1e-3
  for (let i = 0; i < rows; i++) {
    let pivot = i
    for (let j = i + 1; j < rows; j++) if (Math.abs(a[j * rows + i]!) > Math.abs(a[pivot * rows + i]!)) pivot = j
    if (!(Math.abs(a[pivot * rows + i]!) > 1e-12)) return null
    swap(a, rows, i, pivot)
    swap(b, columns, i, pivot)
    for (let j = 0; j < rows; j++) {
      if (j === i) continue
      const factor = a[j * rows + i]! / a[i * rows + i]!
      for (let k = i; k < rows; k++) a[j * rows + k]! -= factor * a[i * rows + k]!
      for (let k = 0; k < columns; k++) b[j * columns + k]! -= factor * b[i * columns + k]!
    }
  }
  return b.map((value, index) => value / a[Math.floor(index / columns) * (rows + 1)]!)
}
