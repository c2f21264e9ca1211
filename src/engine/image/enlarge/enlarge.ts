import { open, readFile, rename, rm } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { StudioError, type EngineParams, type EngineProgress } from '../../../contract/index.js'
import { fillClear } from './fill-clear.js'
import { surroundings, tilesOf, type Raster, type Tile } from './tiles.js'
import type { Upscaler } from './upscaler.js'

interface Options {
  readonly signal: AbortSignal
  readonly onProgress: (value: EngineProgress<'image', 'enlarge'>) => void
}

/**
 * Enlarges a raw picture tile by tile and writes it row of tiles by row of tiles, so that the large picture is never in memory as a whole.
 * Transparency is enlarged as a grey picture of its own. The same request on the same build and thread count gives the same bytes. It can
 * be cancelled between two tiles. Errors: `bad-input` for a file of another size, `bad-output` where the numbers stop being numbers, `cancelled`, `disk-full`.
 */
export async function enlargePicture(
  upscaler: Upscaler,
  { image, output }: EngineParams<'image', 'enlarge'>,
  { signal, onProgress }: Options,
): Promise<{ width: number; height: number; ms: number }> {
  const started = performance.now()
  const { width, height, alpha } = image
  const channels = alpha ? 4 : 3
  const bytes = await readFile(image.path)
  if (bytes.length !== width * height * channels)
    throw new StudioError('bad-input', { detail: `raw picture of ${bytes.length} bytes, not ${width} × ${height} × ${channels}` })
  const colours: Raster = { bytes: alpha ? fillClear(bytes, width, height) : bytes, width, height, channels: 3 }
  const clearness: Raster | null = alpha ? { bytes: everyFourth(bytes), width, height, channels: 1 } : null

  const { factor } = upscaler
  const rows = tilesOf(width, height)
  const steps = rows.length * rows[0]!.length
  let step = 0
  const part = `${output}.part`
  const file = await open(part, 'w')
  try {
    for (const row of rows) {
      const strip: Strip = { bytes: new Uint8Array(width * factor * row[0]!.height * factor * channels), width: width * factor, channels, factor }
      for (const tile of row) {
        if (signal.aborted) throw new StudioError('cancelled', {})
        const isSeen = !clearness || flatValue(clearness, tile, 0) !== 0
        if (isSeen) await enlargeTile(upscaler, colours, tile, strip)
        if (clearness) await enlargeClearness(upscaler, clearness, tile, strip)
        onProgress({ step: ++step, steps })
      }
      await file.writeFile(strip.bytes)
    }
    await file.close()
    if (signal.aborted) throw new StudioError('cancelled', {})
    await rename(part, output)
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new StudioError('disk-full', { path: output }, { cause: error })
    throw error
  }
  return { width: width * factor, height: height * factor, ms: performance.now() - started }
}

/** Enlarged rows that wait to be written; a tile of it begins at its `left`. */
interface Strip {
  readonly bytes: Uint8Array
  readonly width: number
  readonly channels: number
  readonly factor: number
}

async function enlargeTile(upscaler: Upscaler, source: Raster, tile: Tile, strip: Strip): Promise<void> {
  const { pixel, area } = await enlarged(upscaler, source, tile)
  const [red, green, blue] = area as [Float32Array, Float32Array, Float32Array]
  const { bytes } = strip
  forEachPixel(tile, strip, (at, x, y) => {
    const from = pixel(x, y)
    bytes[at] = toByte(red[from]!)
    bytes[at + 1] = toByte(green[from]!)
    bytes[at + 2] = toByte(blue[from]!)
  })
}

async function enlargeClearness(upscaler: Upscaler, source: Raster, tile: Tile, strip: Strip): Promise<void> {
  const flat = flatValue(source, tile, upscaler.overlap)
  if (flat === 0 || flat === 255) return forEachPixel(tile, strip, (at) => void (strip.bytes[at + 3] = flat))
  const { pixel, area } = await enlarged(upscaler, source, tile)
  const { factor } = strip
  forEachPixel(tile, strip, (at, x, y) => {
    // What is clear or solid all around stays exactly so: a network answers 0.998, and a file would be see-through everywhere.
    const near = flatValue(source, { left: tile.left + Math.floor(x / factor), top: tile.top + Math.floor(y / factor), width: 1, height: 1 }, 1)
    const from = pixel(x, y)
    strip.bytes[at + 3] = near === 0 || near === 255 ? near : toByte((area[0]![from]! + area[1]![from]! + area[2]![from]!) / 3)
  })
}

/** The network's answer for a tile: three planes, and where in them a pixel of the enlarged tile lies. */
async function enlarged(upscaler: Upscaler, source: Raster, tile: Tile): Promise<{ area: Float32Array[]; pixel(x: number, y: number): number }> {
  const seen = surroundings(source, tile, upscaler)
  const data = await upscaler.run(seen.data, seen.width, seen.height)
  const { factor, overlap } = upscaler
  const wide = seen.width * factor
  const size = wide * seen.height * factor
  return {
    area: [0, 1, 2].map((channel) => data.subarray(channel * size, (channel + 1) * size)),
    pixel: (x, y) => (y + overlap * factor) * wide + x + overlap * factor,
  }
}

function forEachPixel(tile: Tile, { width, channels, factor }: Strip, visit: (at: number, x: number, y: number) => void): void {
  for (let y = 0; y < tile.height * factor; y++) {
    for (let x = 0; x < tile.width * factor; x++) visit((y * width + tile.left * factor + x) * channels, x, y)
  }
}

/** The one value that a one-channel picture has in a tile and `around` pixels beside it; null where there are several. */
function flatValue({ bytes, width, height }: Raster, { left, top, width: w, height: h }: Tile, around: number): number | null {
  const value = bytes[top * width + left]!
  for (let y = Math.max(0, top - around); y < Math.min(height, top + h + around); y++) {
    for (let x = Math.max(0, left - around); x < Math.min(width, left + w + around); x++) if (bytes[y * width + x] !== value) return null
  }
  return value
}

function everyFourth(rgba: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, pixel) => rgba[pixel * 4 + 3]!)
}

function toByte(value: number): number {
  if (!Number.isFinite(value)) throw new StudioError('bad-output', { detail: 'the network gave numbers that are no numbers' })
  return Math.min(Math.max(Math.round(value * 255), 0), 255)
}
