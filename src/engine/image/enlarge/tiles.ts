/** Pixels of the small picture that are enlarged at once: enough to keep a core busy, few enough to be cancelled soon. */
export const TILE = 128

/** A piece of a picture: where it lies, and how large it is, in pixels of the small picture. */
export interface Tile {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Tiles that cover a picture, in rows from the top. */
export function tilesOf(width: number, height: number): Tile[][] {
  const cut = (length: number): { at: number; size: number }[] =>
    Array.from({ length: Math.ceil(length / TILE) }, (_, index) => ({ at: index * TILE, size: Math.min(TILE, length - index * TILE) }))
  return cut(height).map((row) => cut(width).map((column) => ({ left: column.at, top: row.at, width: column.size, height: row.size })))
}

/** A picture of 8-bit values, `channels` bytes a pixel. */
export interface Raster {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

/**
 * What the network sees of a tile: three planes of 0–1 with `overlap` pixels around it, the picture's edge repeated where it ends, and both
 * sides rounded up to `multiple`. One channel fills all three planes.
 */
export function surroundings(
  { bytes, width, height, channels }: Raster,
  tile: Tile,
  { overlap, multiple }: { overlap: number; multiple: number },
): { data: Float32Array; width: number; height: number } {
  const up = (length: number): number => Math.ceil((length + 2 * overlap) / multiple) * multiple
  const [wide, high] = [up(tile.width), up(tile.height)]
  const data = new Float32Array(3 * wide * high)
  for (let y = 0; y < high; y++) {
    const row = Math.min(Math.max(tile.top + y - overlap, 0), height - 1) * width
    for (let x = 0; x < wide; x++) {
      const at = (row + Math.min(Math.max(tile.left + x - overlap, 0), width - 1)) * channels
      for (let channel = 0; channel < 3; channel++) data[(channel * high + y) * wide + x] = bytes[at + (channels === 1 ? 0 : channel)]! / 255
    }
  }
  return { data, width: wide, height: high }
}
