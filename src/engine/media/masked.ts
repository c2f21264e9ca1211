import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { StudioError, type PictureRegion } from '../../contract/index.js'
import { writeWhole } from '../write-whole.js'
import { maskRegion, paintedBox } from './mask-region.js'
import { LARGEST_PIXELS, openPicture, toPictureError, type OpenedPicture } from './open-picture.js'

interface Masked { readonly path: string; readonly mask: string }
interface Size { readonly width: number; readonly height: number }

/** Shapes that differ by less are the same, painted on a canvas of another size. */
const shapeTolerance = 0.02

async function pixelsOf(path: string, picture: OpenedPicture): Promise<{ data: Buffer; width: number; height: number; channels: 3 | 4 }> {
  try {
    const { data, info } = await picture.upright(picture.width).toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    if (info.channels === 3 || info.channels === 4) return { data, width: info.width, height: info.height, channels: info.channels }
    // Grey ones have one channel, and one more where something shines through.
    const grey = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels }, limitInputPixels: LARGEST_PIXELS })
    const colour = await grey.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return { data: colour.data, width: colour.info.width, height: colour.info.height, channels: colour.info.channels as 3 | 4 }
  } catch (error) {
    throw toPictureError(error, basename(path))
  }
}

/** The mask at the picture's size, one byte for each pixel. A canvas of another size is brought to it. */
async function maskFor(path: string, { width, height }: Size): Promise<Buffer> {
  const mask = await openPicture(path)
  if (Math.abs((mask.width * height) / (mask.height * width) - 1) > shapeTolerance)
    throw new StudioError('bad-input', { detail: `a mask of ${mask.width} × ${mask.height} on a picture of ${width} × ${height} pixels` })
  const grey = await mask.upright().flatten({ background: 'black' }).resize({ width, height, fit: 'fill', kernel: 'linear' }).toColourspace('b-w').extractChannel(0).raw({ depth: 'uchar' }).toBuffer()
  if (grey.length !== width * height) throw new StudioError('not-an-image', { name: basename(path), detail: `it gave ${grey.length} bytes for ${width} × ${height} pixels` })
  return grey
}

/** A region of raw pixels at another size; what lies beyond the edges continues them, or is black in a mask. */
function cut(raw: Sharp, { width, height }: Size, region: PictureRegion, extendWith: 'copy' | 'background'): Sharp {
  const [left, top] = [Math.max(0, region.x), Math.max(0, region.y)]
  const [right, bottom] = [Math.min(width, region.x + region.width), Math.min(height, region.y + region.height)]
  return raw
    .extract({ left, top, width: right - left, height: bottom - top })
    .extend({ left: left - region.x, top: top - region.y, right: region.x + region.width - right, bottom: region.y + region.height - bottom, extendWith, background: 'black' })
}

/** Writes what a model sees of a masked picture. Errors: `bad-input`, `not-an-image`, `image-too-large`. */
export async function cutMasked({ path, mask }: Masked, size: Size, { output, maskOutput }: { output: string; maskOutput: string }): Promise<PictureRegion> {
  const pixels = await pixelsOf(path, await openPicture(path))
  const grey = await maskFor(mask, pixels)
  const box = paintedBox(grey, pixels)
  if (!box) throw new StudioError('bad-input', { detail: 'nothing is painted on the mask' })
  const region = maskRegion(box, pixels, size)
  const raw = (data: Buffer, channels: 1 | 3 | 4): Sharp => sharp(data, { raw: { width: pixels.width, height: pixels.height, channels }, limitInputPixels: LARGEST_PIXELS })
  // Two pipelines each, because libvips puts the steps of one into an order of its own.
  const seen = await cut(raw(pixels.data, pixels.channels).flatten({ background: 'white' }), pixels, region, 'copy').raw().toBuffer()
  const fit = { width: size.width, height: size.height, fit: 'fill' } as const
  await writeWhole(output, await sharp(seen, { raw: { width: region.width, height: region.height, channels: 3 } }).resize({ ...fit, kernel: 'lanczos3' }).raw().toBuffer())
  const painted = await cut(raw(grey, 1), pixels, region, 'background').extractChannel(0).raw().toBuffer()
  await writeWhole(maskOutput, await sharp(painted, { raw: { width: region.width, height: region.height, channels: 1 } }).resize({ ...fit, kernel: 'linear' }).extractChannel(0).raw().toBuffer())
  return region
}

/**
 * A picture with a patch (raw RGB, with `alpha` RGBA) put into its region through a mask. Where the patch or the picture is clear, so is the
 * result, in the shares of the mask. Errors: `bad-input`, `not-an-image`, `image-too-large`.
 */
export async function pasteMasked({ path, mask }: Masked, patch: Size & { path: string; alpha: boolean; region: PictureRegion }): Promise<Sharp> {
  const seen = await pixelsOf(path, await openPicture(path))
  const { width, height } = seen
  const grey = await maskFor(mask, seen)
  const { region } = patch
  const bytes = await readFile(patch.path)
  const from = patch.alpha ? 4 : 3
  if (bytes.length !== patch.width * patch.height * from) throw new StudioError('bad-input', { detail: `raw picture of ${bytes.length} bytes, not ${patch.width} × ${patch.height} × ${from}` })
  const made = await sharp(bytes, { raw: { width: patch.width, height: patch.height, channels: from } })
    .resize({ width: region.width, height: region.height, fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer()
  const to = patch.alpha ? 4 : seen.channels
  const data = seen.channels === to ? seen.data : withAlpha(seen.data)
  for (let y = Math.max(0, region.y); y < Math.min(height, region.y + region.height); y++) {
    for (let x = Math.max(0, region.x); x < Math.min(width, region.x + region.width); x++) {
      const share = grey[y * width + x]!
      if (share > 0) blend(data, (y * width + x) * to, to, made, ((y - region.y) * region.width + (x - region.x)) * from, from, share / 255)
    }
  }
  return sharp(data, { raw: { width, height, channels: to }, limitInputPixels: LARGEST_PIXELS })
}

/** Mixes one pixel into another. A colour counts as much as it is seen. */
function blend(data: Buffer, at: number, channels: 3 | 4, made: Buffer, madeAt: number, madeChannels: 3 | 4, share: number): void {
  const fresh = share * (madeChannels === 4 ? made[madeAt + 3]! : 255)
  const old = (1 - share) * (channels === 4 ? data[at + 3]! : 255)
  const sum = fresh + old
  for (let channel = 0; channel < 3; channel++) data[at + channel] = sum === 0 ? 0 : Math.round((made[madeAt + channel]! * fresh + data[at + channel]! * old) / sum)
  if (channels === 4) data[at + 3] = Math.round(sum)
}

function withAlpha(rgb: Buffer): Buffer {
  const rgba = Buffer.alloc((rgb.length / 3) * 4, 255)
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) rgb.copy(rgba, pixel * 4, pixel * 3, pixel * 3 + 3)
  return rgba
}
