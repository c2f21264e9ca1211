import { z } from 'zod'
import { decisionKind, factId, instant, projectHandle, versionReason } from '../records/index.js'
import { operation } from './base.js'

/** A version in a lineage: what a thumbnail and one line say of it. */
export const lineageNode = z.object({
  id: factId,
  item: factId,
  ordinal: z.number().int(),
  at: instant,
  person: z.string(),
  by: z.enum(['hand', 'import', 'text-model', 'image-model']),
  reason: versionReason,
  name: z.string().nullable(),
  /** The prompt, or the name of the file that it was brought in from; at most 200 characters. */
  line: z.string(),
  /** How many times as wide and high as its source it is, where it was enlarged. */
  factor: z.number().int().optional(),
  picture: z.object({ hash: z.string(), width: z.number().nullable(), height: z.number().nullable() }).nullable(),
  /** First words of a text. */
  beginning: z.string(),
  /** What it was made from, nearest first: versions of its own item and pictures that it started from. */
  madeFrom: z.array(factId),
  /** What was read while it was made. */
  read: z.array(factId),
  decision: decisionKind.nullable(),
  picked: z.boolean().nullable(),
  isHead: z.boolean(),
})
export type LineageNode = z.infer<typeof lineageNode>

const inProject = { project: projectHandle }

export const lineage = {
  /**
   * How versions came from each other, newest first. With an item: its newest versions, and those of other items that they
   * were made from or that were made from them. Without: all versions of the project from a place in that order.
   */
  lineage: operation
    .input(z.object({ ...inProject, item: factId.optional(), offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ nodes: z.array(lineageNode), total: z.number().int() })),
  /**
   * All versions of the project in short, newest first: runs of pictures that nobody said anything about and nothing was made
   * from (one day's at most; times are milliseconds), and the place where each month (`2026-09`) begins.
   */
  outline: operation.input(z.object(inProject)).output(z.object({
    total: z.number().int(),
    runs: z.array(z.object({ start: z.number().int(), count: z.number().int(), from: instant, to: instant })),
    months: z.array(z.object({ month: z.string(), start: z.number().int() })),
  })),
}
