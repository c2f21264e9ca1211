import { z } from 'zod'
import { factId, projectHandle } from '../records/index.js'
import { operation } from './base.js'
import { jobName } from './jobs.js'

const inProject = { project: projectHandle }
const path = z.string().min(1).max(4096)
const items = z.array(factId).max(10_000).optional()

export const exportedFile = z.object({
  /** Name in the folder or archive, with "/" between its parts. */
  name: z.string(),
  item: factId,
  version: factId,
  mediaType: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
})
export type ExportedFile = z.infer<typeof exportedFile>

export const exchange = {
  /**
   * Writes items into a folder as Markdown, all or none. Makes a version of a draft that differs, and an export fact. A job. Errors: as
   * of `exportAll`.
   */
  exportMarkdown: operation
    .input(z.object({ ...inProject, items, folder: path, ...jobName }))
    .output(z.object({ files: z.array(z.object({ item: factId, version: factId, path: z.string(), sha256: z.string() })) })),
  /**
   * Writes all items, or these, with a `manifest.json` that holds the SHA-256 and recipe of each file: into a folder, or into one
   * archive where the path ends in `.zip`. Texts become Markdown; pictures stay as they are, or become PNG that says in itself how it
   * was made. Pictures that were set aside stay out. Writes an export fact. A job; one that is
   * cancelled or fails leaves nothing behind. Errors: `bad-target`, `disk-full`, `no-permission`, `cancelled`.
   */
  exportAll: operation
    .input(z.object({
      ...inProject, path, items, pictures: z.enum(['as-they-are', 'png']).default('as-they-are'),
      /** Tells the prompts in the manifest and in pictures; without, nobody learns what was asked for. */
      prompts: z.boolean().default(false),
      ...jobName,
    }))
    .output(z.object({ path: z.string(), files: z.array(exportedFile), manifest: z.object({ name: z.string(), sha256: z.string() }) })),
  /**
   * Writes a picture into a file in a format of the web, with XMP that says how it came to be (IPTC digital source type). An existing
   * file is replaced. Writes an export fact. Errors: `not-an-image`, `bad-target`, `disk-full`, `no-permission`.
   */
  exportPicture: operation
    .input(z.object({
      ...inProject, version: factId, path, format: z.enum(['png', 'jpeg', 'webp', 'avif']), quality: z.number().int().min(1).max(100).optional(), prompts: z.boolean().default(false),
    }))
    .output(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int(), width: z.number().int(), height: z.number().int() })),
}
