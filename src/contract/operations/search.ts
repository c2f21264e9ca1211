import { z } from 'zod'
import { factId, projectHandle } from '../records/index.js'
import { operation } from './base.js'

export const searchHit = z.object({
  item: factId, title: z.string(), kind: z.string(),
  where: z.enum(['text', 'title', 'prompt', 'comment', 'tag']),
  /** Words around the match; matches are between U+2068 and U+2069. */
  snippet: z.string(),
  /** Found by meaning of the words, not by the words. */
  byMeaning: z.boolean(),
  score: z.number(),
})
export type SearchHit = z.infer<typeof searchHit>

export const search = {
  /** Searches texts, titles, prompts, comments and tags; pictures are found by their words, never by their pixels. */
  query: operation
    .input(z.object({ project: projectHandle, words: z.string().max(1000), meaning: z.boolean().default(false), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ hits: z.array(searchHit), meaningAvailable: z.boolean() })),
}
