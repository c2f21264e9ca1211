import { z } from 'zod'
import { factId, projectHandle, sha256 } from '../records/index.js'
import { operation } from './base.js'

const inProject = { project: projectHandle }

/** A picture version as the gallery shows it: no more than its place in the grid needs. */
const galleryPicture = z.object({
  kind: z.literal('picture'),
  version: factId,
  item: factId,
  ordinal: z.number().int(),
  hash: sha256,
  /** Pixels; null where the file does not say. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Kept (true), set aside (false), or neither (null). */
  picked: z.boolean().nullable(),
})
export type GalleryPicture = z.infer<typeof galleryPicture>

/** A text, as its newest head. */
const galleryText = z.object({
  kind: z.literal('text'),
  version: factId,
  item: factId,
  ordinal: z.number().int(),
  /** Its first words, at most 200 characters. */
  beginning: z.string(),
})
export type GalleryText = z.infer<typeof galleryText>
export type GalleryEntry = GalleryPicture | GalleryText

/** `all`: pictures and texts; `kept` and `set-aside` are said of pictures alone. */
export const galleryFilter = z.enum(['all', 'pictures', 'texts', 'kept', 'set-aside'])
export type GalleryFilter = z.infer<typeof galleryFilter>

export const gallery = {
  /** Every picture version and the newest head of every text, newest first, from a place in that order. `counts` are of the whole project. */
  list: operation
    .input(z.object({ ...inProject, show: galleryFilter.default('all'), offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ entries: z.array(z.discriminatedUnion('kind', [galleryPicture, galleryText])), counts: z.record(galleryFilter, z.number().int()) })),
}
