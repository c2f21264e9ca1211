import { rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Sharp } from 'sharp'
import type { EngineParams } from '../../contract/index.js'
import { toPictureError } from './open-picture.js'

type Format = EngineParams<'media', 'encode'>['format']

const DEFAULT_QUALITY = { jpeg: 85, webp: 80, avif: 55 } as const

/** The picture in a format. JPEG has no transparency: it lies on white. */
function inFormat(picture: Sharp, format: Format, quality?: number, isWaitedFor = false): Sharp {
  switch (format) {
    // Fixed settings, so that the same pixels give the same file.
    case 'png':
      // Of twelve million pixels, level 4 takes a third of the time of level 7 and gives a tenth more bytes.
      return picture.png({ compressionLevel: isWaitedFor ? 4 : 7, adaptiveFiltering: true, palette: false })
    case 'jpeg':
      return picture.flatten({ background: 'white' }).jpeg({ quality: quality ?? DEFAULT_QUALITY.jpeg, mozjpeg: false })
    case 'webp':
      return picture.webp({ quality: quality ?? DEFAULT_QUALITY.webp })
    // The highest effort takes minutes for a few per cent.
    case 'avif':
      return picture.avif({ quality: quality ?? DEFAULT_QUALITY.avif, effort: 2 })
  }
}

/** Writes a picture whole or not at all. `source` is the file that errors name; `isWaitedFor`: somebody looks on, so that time counts more than bytes. */
export async function writePicture(
  picture: Sharp,
  { source, output, format, quality, xmp, isWaitedFor }: { source: string; output: string; format: Format; quality?: number; xmp?: string; isWaitedFor?: boolean },
): Promise<{ width: number; height: number; bytes: number }> {
  const part = `${output}.part`
  try {
    const ready = inFormat(picture, format, quality, isWaitedFor)
    // Nothing else of the source's metadata goes along: it may say where somebody lives.
    const { width, height, size } = await (xmp === undefined ? ready : ready.withXmp(xmp)).toFile(part)
    await rename(part, output)
    return { width, height, bytes: size }
  } catch (error) {
    await rm(part, { force: true })
    throw toPictureError(error, basename(source))
  }
}
