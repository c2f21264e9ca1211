import { z } from 'zod'
import { factId, json, projectHandle, randomId } from '../records/index.js'
import { operation } from './base.js'
import { jobName } from './jobs.js'

const inProject = { project: projectHandle }
const path = z.string().min(1).max(4096)

export const mergeCounts = z.object({
  commits: z.number().int(), items: z.number().int(), versions: z.number().int(), comments: z.number().int(), decisions: z.number().int(), secondHeads: z.number().int(),
  refused: z.array(z.object({ what: z.string(), reason: z.string() })),
})
export type MergeCounts = z.infer<typeof mergeCounts>

export const mergePreview = mergeCounts.extend({
  people: z.array(z.object({ id: z.string(), name: z.string(), commits: z.number().int() })),
  /** Items that get something, with what; at most 500. */
  changes: z.array(z.object({ item: factId, title: z.string(), kind: z.string(), isNew: z.boolean(), versions: z.number().int(), comments: z.number().int(), decisions: z.number().int(), secondHead: z.boolean() })),
  /** Set aside here before, and would be shown again [UNDO1]. */
  setAside: z.boolean(),
})
export type MergePreview = z.infer<typeof mergePreview>

/** One run of a three-way merge: what both say, or what each says where they differ. */
export const mergeSegment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same'), text: z.string() }),
  z.object({ kind: z.literal('one'), from: z.enum(['a', 'b']), added: z.string(), removed: z.string() }),
  z.object({ kind: z.literal('conflict'), index: z.number().int(), ancestor: z.string(), a: z.string(), b: z.string() }),
])
export type MergeSegmentView = z.infer<typeof mergeSegment>

export const headsView = z.object({
  /** How many heads the item has; the first two are read. */
  heads: z.number().int(),
  a: z.object({ version: factId, ordinal: z.number().int(), person: z.string() }), b: z.object({ version: factId, ordinal: z.number().int(), person: z.string() }),
  ancestor: factId.nullable(), paragraphs: z.array(z.array(mergeSegment)), conflicts: z.number().int(), merged: json,
})
export type HeadsView = z.infer<typeof headsView>

export const copies = {
  /** Writes a copy without drafts for a colleague. A job; cancelled, it leaves nothing behind. Errors: `project-exists`, `bad-target`, `disk-full`, `no-permission`. */
  save: operation.input(z.object({ ...inProject, path, ...jobName })).output(z.object({ path })),
  /**
   * What a colleague's copy would bring. Nothing is changed. No job, since a person waits for it to decide: `call.progressed` events
   * under the name of the call say how far it is, and it ends when its caller goes away. Errors: `not-found`, `not-a-project`,
   * `not-the-same-project`, `project-newer`, `project-damaged`, `project-in-use`.
   */
  preview: operation.input(z.object({ ...inProject, path, call: randomId.optional() })).output(mergePreview),
  /** Takes all of it over in one step. A job; cancelled, nothing has come in. Errors: as of `preview`, `disk-full`, `project-read-only`. */
  merge: operation.input(z.object({ ...inProject, path, ...jobName })).output(mergeCounts),
  /**
   * Two heads of a text side by side with their ancestor, as paragraphs of segments. Of more than two the first two: combined, they are one
   * of those that are left. What was typed and is no version yet is kept as one first.
   */
  heads: operation.input(z.object({ ...inProject, item: factId })).output(headsView),
  /**
   * Makes one version of two heads, with a side picked for each conflict [MERGE1]. `between` names the two that were read, so that picks
   * never meet others; `bad-input` where one of them is no head any more. For pictures: `keep` names the head that stays.
   */
  combine: operation
    .input(z.object({ ...inProject, item: factId, picks: z.array(z.enum(['a', 'b', 'both'])).max(10_000).default([]), between: z.tuple([factId, factId]).optional(), keep: factId.optional() }))
    .output(z.object({ version: factId })),
}
