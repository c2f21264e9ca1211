import { z } from 'zod'
import { factId, projectHandle, randomId, stepNumber } from './records/index.js'

/**
 * What happened, numbered from 1 since core started. A page that notices a gap, or another `run`, makes everything
 * stale; otherwise only what `freshness.ts` names for the type.
 */
const inProject = { project: projectHandle }

export const studioEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project.opened'), ...inProject }),
  z.object({ type: z.literal('project.closed'), ...inProject }),
  z.object({ type: z.literal('project.changed'), ...inProject }),
  z.object({ type: z.literal('item.changed'), ...inProject, item: factId }),
  z.object({ type: z.literal('version.created'), ...inProject, item: factId, version: factId }),
  z.object({ type: z.literal('draft.changed'), ...inProject, item: factId, session: z.string(), number: stepNumber }),
  z.object({ type: z.literal('draft.replaced'), ...inProject, item: factId }),
  z.object({ type: z.literal('proposal.changed'), ...inProject, item: factId, proposal: factId }),
  z.object({ type: z.literal('review.changed'), ...inProject, item: factId }),
  z.object({ type: z.literal('history.changed'), ...inProject }),
  z.object({ type: z.literal('job.changed'), job: z.string(), item: factId.optional() }),
  z.object({ type: z.literal('job.progressed'), job: z.string(), item: factId.optional(), share: z.number().nullable(), step: z.string(), msLeft: z.number().nullable(),
    /** Words that came since the last event, and at which character of the job's text they stand (text jobs). */
    text: z.object({ from: z.number().int(), delta: z.string() }).optional(),
    /** Number of the newest preview of an output (picture jobs). */
    preview: z.object({ output: z.number().int(), number: z.number().int() }).optional() }),
  /** How far a call is that somebody waits for, by the name that the caller gave it. */
  z.object({ type: z.literal('call.progressed'), call: randomId, share: z.number().nullable(), step: z.string(), msLeft: z.number().nullable() }),
  z.object({ type: z.literal('models.changed') }),
  z.object({ type: z.literal('engines.changed') }),
  z.object({ type: z.literal('settings.changed') }),
  /** Reading for search by meaning came further, or stands still or goes on; at most about once a second. */
  z.object({ type: z.literal('meaning.changed') }),
])
export type StudioEvent = z.infer<typeof studioEvent>
export type StudioEventType = StudioEvent['type']

export const numberedEvent = z.object({
  /** Drawn when core starts; another run means that core was restarted in between. */
  run: z.string(),
  number: z.number().int().positive(),
  event: studioEvent,
})
export type NumberedEvent = z.infer<typeof numberedEvent>
