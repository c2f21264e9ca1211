import { z } from 'zod'
import { factId, projectHandle } from '../records/index.js'
import { operation } from './base.js'

export const searchHit = z.object({
  item: factId, title: z.string(), kind: z.string(),
  where: z.enum(['text', 'title', 'prompt', 'comment', 'tag']),
  /** Words around the match; matches are between U+2068 and U+2069. By meaning: how the passage begins, without marks. */
  snippet: z.string(),
  /** Found by meaning of the words, not by the words. */
  byMeaning: z.boolean(),
  /** A higher one is better; comparable only among hits of one kind. By meaning: likeness of the passage, at most 1. */
  score: z.number(),
})
export type SearchHit = z.infer<typeof searchHit>

/** How far a project is read for search by meaning. */
export const meaningState = z.object({
  /**
   * `off`: the settings say so; `missing`: the model that reads is not on this computer; `failed`: its engine does not work;
   * `reading`: what was read so far can be found; `ready`: all of it.
   */
  state: z.enum(['off', 'missing', 'failed', 'reading', 'ready']),
  /** Read part of the project, 0 to 1. */
  share: z.number().min(0).max(1),
  /** What reading makes way for, null while it goes on. */
  waits: z.enum(['jobs', 'memory']).nullable(),
})
export type MeaningState = z.infer<typeof meaningState>

export const search = {
  /**
   * Searches texts, titles, prompts, comments and tags; pictures are found by their words, never by their pixels.
   * By meaning: passages that say something like it, whichever words they use; where that cannot be (`meaning` says why), none.
   */
  query: operation
    .input(z.object({ project: projectHandle, words: z.string().max(1000), by: z.enum(['words', 'meaning']).default('words'), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ hits: z.array(searchHit) })),
  /** Whether a project can be searched by meaning. Asking begins the reading where it has not begun (command line). */
  meaning: operation.input(z.object({ project: projectHandle })).output(meaningState),
}
