/**
 * Gives pixels that cannot be seen the colour of those that can. What lies under full transparency is left-over numbers, often black;
 * a network that looks at surroundings would draw a dark rim from them. Colours are averaged over ever larger squares and handed down to
 * where nothing is known. `rgba`: 4 bytes a pixel. Answers 3 bytes a pixel; what is opaque stays as it is.
 */
export function fillClear(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const filled = fill(premultiplied(rgba, width, height))
  const out = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const isOpaque = rgba[pixel * 4 + 3] === 255
    for (let channel = 0; channel < 3; channel++) out[pixel * 3 + channel] = isOpaque ? rgba[pixel * 4 + channel]! : Math.round(filled[pixel * 3 + channel]!)
  }
  return out
}

/** Colour times weight, and the weight 0–1, of each pixel. */
interface Level {
  readonly width: number
  readonly height: number
  readonly colour: Float32Array
  readonly weight: Float32Array
}

function premultiplied(rgba: Uint8Array, width: number, height: number): Level {
  const [colour, weight] = [new Float32Array(width * height * 3), new Float32Array(width * height)]
  for (let pixel = 0; pixel < weight.length; pixel++) {
    const alpha = rgba[pixel * 4 + 3]! / 255
    weight[pixel] = alpha
    for (let channel = 0; channel < 3; channel++) colour[pixel * 3 + channel] = rgba[pixel * 4 + channel]! * alpha
  }
  return { width, height, colour, weight }
}

/** The level of half the size: what four pixels hold together, a weight over 1 cut to 1. */
function halved({ width, height, colour, weight }: Level): Level {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const [sums, weights] = [new Float32Array(w * h * 3), new Float32Array(w * h)]
  for (let pixel = 0; pixel < weight.length; pixel++) {
    const target = (Math.floor(pixel / width) >> 1) * w + ((pixel % width) >> 1)
    weights[target]! += weight[pixel]!
    for (let channel = 0; channel < 3; channel++) sums[target * 3 + channel]! += colour[pixel * 3 + channel]!
  }
  for (let pixel = 0; pixel < weights.length; pixel++) {
    const over = weights[pixel]!
    if (over <= 1) continue
    weights[pixel] = 1
    for (let channel = 0; channel < 3; channel++) sums[pixel * 3 + channel]! /= over
  }
  return { width: w, height: h, colour: sums, weight: weights }
}

function fill(level: Level): Float32Array {
  const { width, height, colour, weight } = level
  const coarse = width > 1 || height > 1 ? halved(level) : null
  const below = coarse && fill(coarse)
  const out = new Float32Array(width * height * 3)
  for (let pixel = 0; pixel < weight.length; pixel++) {
    const from = coarse ? (Math.floor(pixel / width) >> 1) * coarse.width + ((pixel % width) >> 1) : 0
    const rest = 1 - weight[pixel]!
    for (let channel = 0; channel < 3; channel++) out[pixel * 3 + channel] = colour[pixel * 3 + channel]! + rest * (below ? below[from * 3 + channel]! : 0)
  }
  return out
}
