import { z } from 'zod'
import { errorRecord } from '../errors.js'
import { factId, instant, projectHandle, randomId, sha256 } from '../records/index.js'
import { operation } from './base.js'

export const jobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted'])
export type JobState = z.infer<typeof jobState>

/** What work with files came to, or has come to so far: enough to say it in a sentence after a restart. */
export const jobOutcome = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('import'), imported: z.number().int(), of: z.number().int(),
    /** At most fifty, with why. */
    refused: z.array(z.object({ name: z.string(), error: errorRecord })), refusals: z.number().int(),
  }),
  z.object({ type: z.literal('export'), path: z.string(), files: z.number().int() }),
  z.object({ type: z.literal('copy'), path: z.string() }),
  z.object({
    type: z.literal('merge'), commits: z.number().int(), items: z.number().int(), versions: z.number().int(), comments: z.number().int(), decisions: z.number().int(),
    secondHeads: z.number().int(), refused: z.number().int(),
  }),
])
export type JobOutcomeView = z.infer<typeof jobOutcome>

/**
 * Name of the job that a call becomes, drawn by the caller: it can follow and cancel it under that name, and a call that is
 * sent again does not do the work twice.
 */
export const jobName = { job: randomId.optional() }

export const jobView = z.object({
  id: z.string(),
  kind: z.enum(['text', 'image', 'download', 'import', 'export', 'merge', 'copy', 'index']),
  title: z.string(),
  detail: z.string(),
  /** Real path of the project it belongs to; null for what is this computer's. */
  projectPath: z.string().nullable(),
  project: projectHandle.nullable(),
  item: factId.nullable(),
  state: jobState,
  /** 0–1, null while unknown. */
  share: z.number().min(0).max(1).nullable(),
  step: z.string(),
  msLeft: z.number().nullable(),
  /** Why a waiting job waits: a message id, such as `waits-turn`, `waits-memory`, `paused`. */
  waits: z.string().nullable(),
  outputs: z.object({ done: z.number().int(), wanted: z.number().int() }),
  /** The words so far, for a text job that runs or was interrupted. */
  text: z.string().nullable(),
  /** Newest preview numbers by output, for a picture job. */
  previews: z.array(z.object({ output: z.number().int(), number: z.number().int() })),
  /** What it made: facts of the project. */
  results: z.array(factId),
  /** How making a picture again came out, once it has: the bytes are the same, or not, and whether build and threads were those of the recipe. */
  remake: z.object({ identical: z.boolean(), sha256, sameEngine: z.boolean() }).optional(),
  outcome: jobOutcome.optional(),
  error: errorRecord.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
})
export type JobView = z.infer<typeof jobView>

const one = z.object({ job: z.string().max(64) })

export const jobs = {
  list: operation.input(z.object({ project: projectHandle.optional() })).output(z.array(jobView)),
  get: operation.input(one).output(jobView),
  cancel: operation.input(one).output(z.object({})),
  /** Puts the same work into the queue again as a new job. Pictures that came of the first one are not made anew. */
  retry: operation.input(one).output(z.object({ job: z.string() })),
  /** Moves a waiting job before another one, or to the end. */
  move: operation.input(z.object({ job: z.string(), before: z.string().nullable() })).output(z.object({})),
  pause: operation.input(one).output(z.object({})),
  resume: operation.input(one).output(z.object({})),
  /** Takes an ended job off the list. */
  dismiss: operation.input(one).output(z.object({})),
}
