/**
 * The noise that a picture starts from, drawn so that a seed gives the same numbers on every computer and for every
 * position without drawing those before it.
 *
 * Specification: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011).
 * Key = (seed mod 2^32, floor(seed / 2^32)); counter of block b in stream s = (b mod 2^32, floor(b / 2^32), s, 0).
 * The four words w0…w3 of a block become u = (w + 0.5) / 2^32 and, by Box–Muller, four normals:
 * r01·cos(2π·u1), r01·sin(2π·u1), r23·cos(2π·u3), r23·sin(2π·u3) with r01 = √(−2 ln u0), r23 = √(−2 ln u2),
 * computed in doubles and rounded to 32-bit floats. Number n of a stream is normal n mod 4 of block floor(n / 4).
 */
const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
const KEY_STEP_0 = 0x9e3779b9
const KEY_STEP_1 = 0xbb67ae85
const TWO_32 = 2 ** 32

/** Streams of one seed that never share numbers. Step noise of step i is stream `stepNoise + i`. */
export const noiseStreams = { start: 0, image: 1, fit: 2, stepNoise: 16 } as const

export type Words = [number, number, number, number]

/** High 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000)
  const cross = aLow * bHigh + (middle % 0x10000)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) >>> 0
}

/** One block of Philox4x32-10: four unsigned 32-bit words from a counter of four and a key of two. */
export function philox(counter: Readonly<Words>, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0)
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0
    const high1 = multiplyHigh(MULTIPLIER_1, c2)
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0
    k0 = (k0 + KEY_STEP_0) >>> 0
    k1 = (k1 + KEY_STEP_1) >>> 0
  }
  return [c0, c1, c2, c3]
}

/** `count` normal numbers (mean 0, variance 1) of a seed's stream. `seed` is an integer from 0 to 2^53 − 1. */
export function normalNoise(seed: number, stream: number, count: number): Float32Array {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`a seed is an integer from 0 to 2^53 - 1, not ${seed}`)
  const key: [number, number] = [seed % TWO_32, Math.floor(seed / TWO_32)]
  const noise = new Float32Array(count)
  for (let start = 0; start < count; start += 4) {
    const block = start / 4
    const uniform = philox([block % TWO_32, Math.floor(block / TWO_32), stream >>> 0, 0], key).map((word) => (word + 0.5) / TWO_32)
    for (let pair = 0; pair < 2; pair++) {
      const radius = Math.sqrt(-2 * Math.log(uniform[pair * 2]!))
      const angle = 2 * Math.PI * uniform[pair * 2 + 1]!
      const at = start + pair * 2
      if (at < count) noise[at] = radius * Math.cos(angle)
      if (at + 1 < count) noise[at + 1] = radius * Math.sin(angle)
    }
  }
  return noise
}
