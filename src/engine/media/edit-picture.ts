import { basename } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { StudioError, type PictureEditStep } from '../../contract/index.js'
import { LARGEST_PIXELS, openPicture, toPictureError } from './open-picture.js'

interface Pixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels as Pixels['channels'] }
}

const fromPixels = ({ data, width, height, channels }: Pixels): Sharp => sharp(data, { raw: { width, height, channels }, limitInputPixels: LARGEST_PIXELS })

function take(pixels: Pixels, step: PictureEditStep): Sharp {
  const picture = fromPixels(pixels)
  switch (step.kind) {
    case 'turn':
      return picture.rotate(step.degrees)
    case 'flip':
      return step.axis === 'horizontal' ? picture.flop() : picture.flip()
    case 'crop': {
      const { x, y, width, height } = step
      if (x + width > pixels.width || y + height > pixels.height)
        throw new StudioError('bad-input', { detail: `a region of ${width} × ${height} at ${x}, ${y} in a picture of ${pixels.width} × ${pixels.height} pixels` })
      return picture.extract({ left: x, top: y, width, height })
    }
    case 'resize': {
      const { width, height } = step
      if (width * height > LARGEST_PIXELS) throw new StudioError('bad-input', { detail: `a picture of ${width} × ${height} pixels` })
      return picture.resize({ width, height, fit: 'fill', kernel: 'lanczos3' })
    }
  }
}

/**
 * A picture after the steps, one after the other: libvips would put those of one pipeline into an order of its own. Of a moving
 * picture the first page. Errors: `bad-input`, `not-an-image`, `image-too-large`, `cancelled`.
 */
export async function editedPicture(path: string, steps: readonly PictureEditStep[], signal: AbortSignal): Promise<Sharp> {
  const opened = await openPicture(path)
  try {
    let pixels = await pixelsOf(opened.upright(opened.width))
    for (const step of steps) {
      if (signal.aborted) throw new StudioError('cancelled', {})
      pixels = await pixelsOf(take(pixels, step))
    }
    return fromPixels(pixels)
  } catch (error) {
    throw toPictureError(error, basename(path))
  }
}
