import { z } from 'zod'
import { commentAnchor, decisionKind, factId, instant, projectHandle, randomId, sha256 } from '../records/index.js'
import { operation } from './base.js'
import { reviewState } from './items.js'

const inProject = { project: projectHandle }
const person = z.object({ id: randomId, name: z.string() })

const remark = z.object({ id: factId, text: z.string(), at: instant, person })

export const commentThread = remark.extend({
  /** Threads of an item count from 1 in the order in which they began. */
  number: z.number().int(),
  item: factId,
  version: factId,
  /** Ordinal of the version that it was written on. */
  ordinal: z.number().int(),
  anchor: commentAnchor,
  /** Where the words stand in the draft now; null for pictures, for whole texts, and where they are gone. */
  range: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  /** The words that it was about are gone: it stays listed. */
  orphaned: z.boolean(),
  resolved: z.boolean(),
  replies: z.array(remark),
})
export type CommentThread = z.infer<typeof commentThread>

export const decisionView = z.object({
  id: factId, version: factId, ordinal: z.number().int(), decision: decisionKind, notes: z.string(), at: instant, person, key: z.string(),
  /** The signature holds. */
  sealed: z.boolean(),
  /** The founder or an admitted member made it [MEMBER1]. */
  counts: z.boolean(),
  /** It stands on the head and nothing later of the same person replaced it. */
  standing: z.boolean(),
})
export type DecisionView = z.infer<typeof decisionView>

export const reviewView = z.object({
  state: reviewState,
  /** Why the state is what it is, one message id with its values each [STATE1]. */
  reasons: z.array(z.object({ id: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })),
  /** The head that the review is about; null where there is none, or where a text has several. */
  head: factId.nullable(),
  decisions: z.array(decisionView),
  requests: z.array(z.object({ id: factId, version: factId, ordinal: z.number().int(), at: instant, person, to: z.array(person), note: z.string(), due: instant.nullable() })),
  threads: z.object({ all: z.number().int(), done: z.number().int() }),
})
export type ReviewView = z.infer<typeof reviewView>

export const memberView = z.object({
  key: z.string(), person, founder: z.boolean(), admitted: z.boolean(), role: z.string().nullable(), commits: z.number().int(), me: z.boolean(),
})
export type MemberView = z.infer<typeof memberView>

export const logEntryView = z.object({
  /** Counts from 1 at the oldest entry of this file; `before` of the next page. */
  position: z.number().int(),
  hash: sha256, number: z.number().int(), replica: randomId, at: instant, person, signed: z.boolean(), label: z.string().nullable(), kinds: z.array(z.string()), registers: z.number().int(),
})
export type LogEntryView = z.infer<typeof logEntryView>

export const review = {
  view: operation.input(z.object({ ...inProject, item: factId })).output(reviewView),
  /** What was said about an item, oldest first: at most `limit` threads behind the first `after`. */
  threads: operation
    .input(z.object({ ...inProject, item: factId, after: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(500).default(250) }))
    .output(z.array(commentThread)),
  /** Writes a comment. Without a version it is on the draft, which is kept as a version first where it differs. */
  comment: operation
    .input(z.object({ ...inProject, item: factId, version: factId.optional(), text: z.string().trim().min(1).max(100_000), anchor: commentAnchor, replyTo: factId.optional() }))
    .output(z.object({ comment: factId, version: factId })),
  resolve: operation.input(z.object({ ...inProject, comment: factId, resolved: z.boolean() })).output(z.object({})),
  /**
   * Sends a version to review: the named one (one of several pictures), else the head. A draft that differs from it is
   * kept as a version first.
   */
  request: operation
    .input(z.object({ ...inProject, item: factId, version: factId.optional(), to: z.array(randomId).max(100).default([]), note: z.string().max(10_000).default(''), due: instant.optional() }))
    .output(z.object({ request: factId, version: factId })),
  /** A signed decision on a version [SIGN1]. Counts only from the founder or a member [MEMBER1]. */
  decide: operation
    .input(z.object({ ...inProject, version: factId, decision: decisionKind, notes: z.string().max(100_000).default('') }))
    .output(z.object({ decision: factId, counts: z.boolean() })),
  /** What was sent to review and has no standing decision of mine. */
  waiting: operation.input(z.object(inProject)).output(z.array(z.object({ item: factId, version: factId, title: z.string(), kind: z.string(), since: instant, from: person, note: z.string() }))),
  members: operation.input(z.object(inProject)).output(z.array(memberView)),
  /** The founder admits a key; all that it ever signed counts from then on. Errors: `no-permission` for anybody else. */
  admit: operation.input(z.object({ ...inProject, key: z.string().max(200), role: z.string().max(100).default('editor') })).output(z.object({})),
  /** The founder ends a membership: nothing that the key signed counts from then on. Errors: `no-permission` for anybody else, `not-found` where it is no member, `bad-input` for the founder. */
  dismiss: operation.input(z.object({ ...inProject, key: z.string().max(200) })).output(z.object({})),
  log: operation.input(z.object({ ...inProject, before: z.number().int().optional(), limit: z.number().int().min(1).max(500).default(100) })).output(z.array(logEntryView)),
}
