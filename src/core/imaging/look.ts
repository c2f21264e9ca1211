import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { EngineResult } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import { hashFile } from './hash-file.js'
import type { Scratch } from './scratch.js'

const THUMBNAIL_WIDTH = 320
const THUMBNAIL_QUALITY = 78
const PREVIEW_WIDTH = 640

/** Looking at pictures, ours and foreign ones, through the media engine. */
export function createLooking({ engines, scratch, previews }: { engines: Engines; scratch: Scratch; previews: string }) {
  /** A WebP of at most 320 pixels, upright. Errors: `not-an-image`, `image-too-large`. */
  function thumbnailOf(file: string, options: { signal?: AbortSignal } = {}): Promise<Uint8Array> {
    return scratch.with(async (folder) => {
      const output = join(folder, 'thumbnail.webp')
      // Tall pictures must fit as well, so the longer side counts.
      const { width, height } = await engines.call('media', 'inspect', { path: file }, options)
      const wanted = Math.max(1, Math.round(Math.min(THUMBNAIL_WIDTH, (THUMBNAIL_WIDTH * width) / height)))
      await engines.call('media', 'resize', { path: file, output, width: wanted, format: 'webp', quality: THUMBNAIL_QUALITY }, options)
      return readFile(output)
    })
  }

  return {
    thumbnailOf,

    /** Puts a picture, not over 640 pixels wide, where the preview of a job lies: what is enlarged stays in sight meanwhile. */
    async previewOf(file: string, job: string, output: number, options: { signal?: AbortSignal } = {}): Promise<void> {
      await mkdir(previews, { recursive: true })
      await engines.call('media', 'resize', { path: file, output: join(previews, `${job}-${output}.png`), width: PREVIEW_WIDTH, format: 'png' }, options)
    },

    /** What a foreign file is, with a thumbnail, which proves that it can be read to its end. Errors: `not-an-image`, `image-too-large`, `not-found`. */
    async lookAt(
      file: string,
      options: { signal?: AbortSignal } = {},
    ): Promise<EngineResult<'media', 'inspect'> & { name: string; sha256: string; thumbnail: Uint8Array }> {
      const found = await engines.call('media', 'inspect', { path: file }, options)
      return { ...found, name: basename(file), thumbnail: await thumbnailOf(file, options), sha256: await hashFile(file) }
    },
  }
}
