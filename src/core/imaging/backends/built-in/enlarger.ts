import { basename, join } from 'node:path'
import { StudioError } from '../../../../contract/index.js'
import type { Engines } from '../../../engines/index.js'
import type { Enlarger } from '../backend.js'

/** The result lies whole in memory while it is encoded; 64 million pixels are 256 MB. */
const MOST_PIXELS = 64_000_000
/** Copies of the result that the encoder holds at once. */
const COPIES = 2
/** What a picture may always take: less than that is no reason to refuse one. */
const FREE_BYTES = 64 * 1024 ** 2

/** Enlarges with a small network that lies beside the picture model in the engine, so that nothing is unloaded for it. */
export function createEnlarger(engines: Engines): Enlarger {
  async function enlargement(model: { readonly path: string }, { signal }: { signal?: AbortSignal } = {}) {
    const { factor } = await engines.call('image', 'inspectUpscaler', { path: model.path }, { signal })
    return { factor, mostPixels: MOST_PIXELS, cancel: 'between-steps', repeatable: true } as const
  }

  function requireRoom(pixels: number, channels: number): void {
    const needed = pixels * channels * COPIES
    const { used, allowed } = engines.memory()
    if (needed > Math.max(allowed - used, FREE_BYTES)) throw new StudioError('out-of-memory', { needed, available: Math.max(0, allowed - used) })
  }

  return {
    enlargement,
    async enlarge(model, image, { signal, scratch, onProgress, onWait }) {
      const { factor } = await enlargement(model, { signal })
      const { width, height, hasAlpha: alpha } = await engines.call('media', 'inspect', { path: image }, { signal })
      const pixels = width * height * factor ** 2
      if (pixels > MOST_PIXELS) throw new StudioError('image-too-large', { name: basename(image), pixels: width * height, limit: Math.floor(MOST_PIXELS / factor ** 2) })
      requireRoom(pixels, alpha ? 4 : 3)
      const [small, large, file] = ['small.raw', 'large.raw', 'picture.png'].map((name) => join(scratch, name)) as [string, string, string]
      await engines.call('media', 'decode', { path: image, width, height, output: small, alpha }, { signal })
      onWait?.(null)
      const source = { path: small, width, height, alpha }
      const made = await engines.call('image', 'enlarge', { path: model.path, threads: engines.threads, image: source, output: large }, { signal, onProgress })
      await engines.call('media', 'encode', { path: large, width: made.width, height: made.height, output: file, format: 'png', alpha }, { signal })
      return {
        outputs: [{ file, width: made.width, height: made.height, mediaType: 'image/png' }],
        engine: made.engine,
        threads: made.threads,
        ms: Math.round(made.ms),
      }
    },
  }
}
