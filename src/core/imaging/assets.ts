import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StudioError, type AssetFile, type AssetWidth } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import { AssetCache } from './asset-cache.js'

/** The bytes of a picture that a project holds. */
export interface PictureBlob {
  readonly mediaType: string
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

export interface AssetsOptions {
  readonly cacheDir: string
  readonly engines: Engines
  /** Errors: `not-found`. */
  readonly readBlob: (project: string, hash: string) => PictureBlob | Promise<PictureBlob>
  /** The thumbnail that the project itself keeps (WebP, at most 320 pixels), where it has one. */
  readonly readThumbnail?: (project: string, hash: string) => Uint8Array | null
  /** Bytes on the disk, 2 GB by default. */
  readonly limit?: number
}

const TWO_GIGABYTES = 2 * 1024 ** 3
const THUMBNAIL_WIDTH = 320
/** What a page may show as it is; the ending is that of the cache file. Everything else is shown as a picture of it. */
const SHOWN_AS_IS: Record<string, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/avif': 'avif', 'image/gif': 'gif' }
/** A drawing or a print file at "full size" is drawn at most this wide. */
const FULL_WIDTH = 4096
/** Pictures made smaller at the same time; more would only fight for the same cores. */
const AT_ONCE = 2

export interface Assets {
  /**
   * A file with the picture at a width (null: full size), made at the first request and kept. Requests for the same one
   * wait for each other. Errors: `not-found`, `not-an-image`, `image-too-large`, `disk-full`.
   */
  path(project: string, hash: string, width: AssetWidth | null): Promise<AssetFile>
  /** Takes away everything made of a picture, after its bytes were removed for good. */
  forget(hash: string): Promise<void>
}

export function createAssets({ cacheDir, engines, readBlob, readThumbnail, limit = TWO_GIGABYTES }: AssetsOptions): Assets {
  const folder = join(cacheDir, 'assets')
  const cache = new AssetCache(folder, limit)
  const working = new Map<string, Promise<string>>()
  const slots = createSlots(AT_ONCE)

  /** The cached file, or the one that `make` writes; one at a time for each name. */
  async function have(name: string, make: (output: string) => Promise<void>): Promise<string> {
    const running = working.get(name)
    if (running) return running
    const work = (async () => {
      const found = await cache.find(name)
      if (found) return found
      const part = cache.path(`${name}.${randomUUID()}.part`)
      try {
        await make(part)
        await rename(part, cache.path(name))
      } finally {
        await rm(part, { force: true })
      }
      return cache.add(name)
    })().finally(() => working.delete(name))
    working.set(name, work)
    return work
  }

  async function write(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(folder, { recursive: true })
    try {
      await pipeline(Readable.from(chunks, { objectMode: false }), createWriteStream(path))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new StudioError('disk-full', { path }, { cause: error })
      throw error
    }
  }

  const original = (hash: string, blob: PictureBlob): Promise<string> =>
    have(`${hash}.${SHOWN_AS_IS[blob.mediaType] ?? 'source'}`, (output) => write(output, blob.chunks()))

  const smaller = (hash: string, blob: PictureBlob, width: number): Promise<string> =>
    have(`${hash}-${width}.webp`, async (output) => {
      const path = await original(hash, blob)
      await slots(() => engines.call('media', 'resize', { path, output, width, format: 'webp' }))
    })

  return {
    async path(project, hash, width) {
      // The project is asked each time: a page must not see by its hash what was closed or removed.
      const blob = await readBlob(project, hash)
      if (width === null && SHOWN_AS_IS[blob.mediaType]) return { path: await original(hash, blob), mediaType: blob.mediaType }
      const thumbnail = width !== null && width <= THUMBNAIL_WIDTH ? readThumbnail?.(project, hash) : null
      if (thumbnail) {
        const path = await have(`${hash}-thumbnail.webp`, (output) => write(output, [thumbnail]))
        return { path, mediaType: 'image/webp' }
      }
      return { path: await smaller(hash, blob, width ?? FULL_WIDTH), mediaType: 'image/webp' }
    },

    async forget(hash) {
      for (const name of await cache.names()) if (name.startsWith(hash)) await cache.remove(name)
    },
  }
}

/** Lets `count` pieces of work run at once; the others wait their turn. */
function createSlots(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
