import { z } from 'zod'
import { factId, projectHandle } from '../records/index.js'
import { operation } from './base.js'

export const exchange = {
  /** Writes items into a folder as Markdown. Makes a version of a draft that differs, and an export fact. */
  exportMarkdown: operation
    .input(z.object({ project: projectHandle, items: z.array(factId).max(10_000).optional(), folder: z.string().min(1).max(4096) }))
    .output(z.object({ files: z.array(z.object({ item: factId, version: factId, path: z.string(), sha256: z.string() })) })),
}
