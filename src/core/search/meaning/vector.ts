/** Numbers of one vector. */
export const width = 384

const scaleBytes = 4

/**
 * A unit vector as one byte a number and a common scale: a quarter of the size, and likenesses within 0.005 of the exact
 * ones, far less than what tells a good hit from a bad one. Layout: scale (float32, little-endian), then 384 signed bytes.
 */
export function packVector(vector: readonly number[]): Buffer {
  if (vector.length !== width) throw new RangeError(`a vector has ${width} numbers, not ${vector.length}`)
  const largest = Math.max(...vector.map(Math.abs))
  const scale = largest / 127 || 1
  const bytes = Buffer.alloc(scaleBytes + width)
  bytes.writeFloatLE(scale, 0)
  vector.forEach((value, at) => bytes.writeInt8(Math.round(value / scale), scaleBytes + at))
  return bytes
}

/** The numbers of a packed vector, for tests and single comparisons. */
export function unpackVector(bytes: Buffer): number[] {
  const scale = bytes.readFloatLE(0)
  return Array.from({ length: width }, (_, at) => bytes.readInt8(scaleBytes + at) * scale)
}
