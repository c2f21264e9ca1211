import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp from 'sharp'
import { StudioError } from '../../contract/index.js'
import { writeWhole } from '../write-whole.js'
import type { EngineHandlers } from '../host.js'
import { editedPicture } from './edit-picture.js'
import { cutMasked, pasteMasked } from './masked.js'
import { LARGEST_PIXELS, openPicture, toPictureError } from './open-picture.js'
import { writePicture } from './write-picture.js'

/** What read and wrote a picture. */
export const mediaEngineBuild = `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`

function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width * height > LARGEST_PIXELS) throw new StudioError('bad-input', { detail: `a picture of ${width} × ${height} pixels` })
}

/** The media engine: reads foreign pictures, and writes ours. */
export function createMediaHandlers(): EngineHandlers<'media'> {
  return {
    inspect: async ({ path }) => {
      const { format, mediaType, width, height, pages, hasAlpha, orientation } = await openPicture(path)
      return { format, mediaType, width, height, pages, hasAlpha, orientation }
    },

    resize: async ({ path, output, width, format, quality, xmp }) => {
      const picture = await openPicture(path)
      // A drawing has no pixels of its own to keep: it is drawn at the size that is asked for.
      const wanted = width && Math.min(width, picture.format === 'svg' ? width : picture.width)
      if (wanted) checkSize(wanted, Math.max(1, Math.round((picture.height * wanted) / picture.width)))
      const upright = picture.upright(wanted)
      const resized = wanted ? upright.resize({ width: wanted, withoutEnlargement: picture.format !== 'svg' }) : upright
      return writePicture(resized, { source: path, output, format, quality, xmp })
    },

    edit: async ({ path, output, steps }, { signal }) => {
      const picture = await editedPicture(path, steps, signal)
      return { ...(await writePicture(picture, { source: path, output, format: 'png', isWaitedFor: true })), engine: mediaEngineBuild }
    },

    cutMasked: async ({ path, mask, width, height, output, maskOutput }) => {
      checkSize(width, height)
      return { region: await cutMasked({ path, mask }, { width, height }, { output, maskOutput }) }
    },

    pasteMasked: async ({ path, mask, patch, width, height, alpha = false, region, output }) => {
      const picture = await pasteMasked({ path, mask }, { path: patch, width, height, alpha, region })
      return writePicture(picture, { source: path, output, format: 'png', isWaitedFor: true })
    },

    encode: async ({ path, width, height, output, format, alpha }) => {
      checkSize(width, height)
      const { size } = await stat(path)
      const channels = alpha ? 4 : 3
      if (size !== width * height * channels) throw new StudioError('bad-input', { detail: `raw picture of ${size} bytes, not ${width} × ${height} × ${channels}` })
      const raw = sharp(await readFile(path), { raw: { width, height, channels }, limitInputPixels: LARGEST_PIXELS })
      return { bytes: (await writePicture(raw, { source: path, output, format })).bytes }
    },

    decode: async ({ path, width, height, output, alpha }) => {
      checkSize(width, height)
      const picture = await openPicture(path)
      // Wide and high enough to be cut to the size that is asked for.
      const wanted = Math.max(width, Math.ceil((picture.width * height) / picture.height))
      const fitted = picture.upright(wanted).resize({ width, height, fit: 'cover', position: 'centre' })
      const raw = await (alpha ? fitted.ensureAlpha() : fitted.flatten({ background: 'white' }).removeAlpha())
        .raw({ depth: 'uchar' })
        .toBuffer()
        .catch((error) => {
          throw toPictureError(error, basename(path))
        })
      if (raw.length !== width * height * (alpha ? 4 : 3))
        throw new StudioError('not-an-image', { name: basename(path), detail: `it gave ${raw.length} bytes for ${width} × ${height} pixels` })
      await writeWhole(output, raw)
      return {}
    },
  }
}
