import { open, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import { StudioError } from '../../contract/index.js'
import { pictureFormats, SNIFF_BYTES, sniffFormat, type PictureFormat } from './formats.js'

/** Larger pictures are refused: decoding one takes 400 MB and more. */
export const LARGEST_PIXELS = 100_000_000
/** Drawings are text, and are read whole. */
const LARGEST_SVG = 16 * 1024 * 1024
/** Seconds of processing after which a picture is given up. */
const TIMEOUT_SECONDS = 120
/** Dots per inch at which an SVG's own size is meant. */
const SVG_DENSITY = 72

// Only these readers of libvips may run: it would otherwise guess among dozens of formats. Its cache goes by path and
// would show the old content of a file that was written again.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Tiff', 'Heif', 'Svg'].map((name) => `VipsForeignLoad${name}`) })
sharp.cache(false)

export interface OpenedPicture {
  readonly format: PictureFormat
  readonly mediaType: string
  /** Size as it is seen, orientation applied; of the first page. */
  readonly width: number
  readonly height: number
  readonly pages: number
  readonly hasAlpha: boolean
  /** EXIF orientation 1–8. */
  readonly orientation: number
  /** The first page, upright, in 8-bit sRGB. `width`: about how wide it is wanted, so that a drawing is drawn sharp. */
  upright(width?: number): Sharp
}

/** Reads a picture's head. Errors: `not-an-image`, `image-too-large`, `not-found`. */
export async function openPicture(path: string): Promise<OpenedPicture> {
  const name = basename(path)
  const format = sniffFormat(await readHead(path))
  if (!format) throw new StudioError('not-an-image', { name, detail: 'its content is not PNG, JPEG, WebP, AVIF, GIF, TIFF or SVG' })
  // From memory an SVG has no place from which neighbouring files could be drawn in.
  const source = format === 'svg' ? await readSvg(path, name) : path
  let metadata: Metadata
  try {
    metadata = await sharp(source, { limitInputPixels: false, failOn: 'error' }).metadata()
  } catch (error) {
    throw toPictureError(error, name)
  }
  const orientation = metadata.orientation ?? 1
  const [width, height] = orientation >= 5 ? [metadata.height, metadata.width] : [metadata.width, metadata.height]
  const tall = metadata.pageHeight && orientation < 5 ? metadata.pageHeight : height
  if (!(width > 0) || !(tall > 0)) throw new StudioError('not-an-image', { name, detail: 'it has no size' })
  if (width * tall > LARGEST_PIXELS) throw new StudioError('image-too-large', { name, pixels: width * tall, limit: LARGEST_PIXELS })
  return {
    format,
    mediaType: pictureFormats[format],
    width,
    height: tall,
    pages: metadata.pages ?? 1,
    hasAlpha: metadata.hasAlpha,
    orientation,
    upright(wanted) {
      const options: SharpOptions = { limitInputPixels: LARGEST_PIXELS, failOn: 'error', sequentialRead: true }
      if (format === 'svg' && wanted) options.density = Math.min(Math.max((SVG_DENSITY * wanted) / width, 1), 2400)
      return sharp(source, options).timeout({ seconds: TIMEOUT_SECONDS }).autoOrient().toColourspace('srgb')
    },
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new StudioError('not-found', { what: 'file', id: path }, { cause: error })
      : new StudioError('no-permission', { path }, { cause: error })
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0).catch(() => ({ buffer: Buffer.alloc(0), bytesRead: 0 }))
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function readSvg(path: string, name: string): Promise<Buffer> {
  const bytes = await readFile(path)
  if (bytes.length > LARGEST_SVG) throw new StudioError('not-an-image', { name, detail: `a drawing of more than ${LARGEST_SVG / 1024 / 1024} MB` })
  return bytes
}

/** What libvips said, as an error of the list. */
export function toPictureError(error: unknown, name: string): StudioError {
  if (error instanceof StudioError) return error
  const message = (error as Error).message.split('\n')[0]!.slice(0, 300)
  if (/no space left/i.test(message)) return new StudioError('disk-full', { path: name }, { cause: error })
  if (/open for write/i.test(message)) return new StudioError('no-permission', { path: name }, { cause: error })
  if (/exceeds pixel limit/i.test(message)) return new StudioError('image-too-large', { name, pixels: LARGEST_PIXELS, limit: LARGEST_PIXELS }, { cause: error })
  // What libvips says of it helps nobody who wants to see a picture; it is kept as the cause.
  return new StudioError('not-an-image', { name, detail: 'it is damaged, or its end is missing' }, { cause: error })
}
