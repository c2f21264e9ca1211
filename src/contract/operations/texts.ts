import { z } from 'zod'
import { factId, instant, json, originRun, projectHandle, recipe, stepNumber } from '../records/index.js'
import { operation } from './base.js'

const text = { project: projectHandle, item: factId }
const session = z.string().min(8).max(64)

/** One editor step, as ProseMirror JSON, with where its new words came from. */
export const draftStep = z.object({ step: json, origin: z.enum(['typed', 'pasted', 'model']) })
export type DraftStep = z.infer<typeof draftStep>

/** A piece of an open proposal as it lies on the draft now; `range` null: the text under it has changed. */
export const openPiece = z.object({
  index: z.number().int(),
  range: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  slice: json,
  outcome: z.enum(['open', 'accepted', 'rejected']),
})
export type OpenPiece = z.infer<typeof openPiece>

export const proposalView = z.object({
  id: factId, item: factId, title: z.string(), at: instant, base: factId, recipe, pieces: z.array(openPiece),
})
export type ProposalView = z.infer<typeof proposalView>

export const draftView = z.object({
  /** ProseMirror JSON of the text with open pieces rejected. */
  doc: json,
  /** How many steps core has applied; the editor's next step has this number. */
  number: stepNumber,
  /**
   * The number after the last step that this very session appended; absent where it appended none. After a lost
   * connection it tells the editor which of its unacknowledged steps arrived, also where others followed them.
   */
  appended: stepNumber.optional(),
  origin: z.array(originRun),
  /** The head that the draft grew from, null for a text without versions. */
  base: factId.nullable(),
  /** False where another window edits this text. */
  writable: z.boolean(),
  keptAt: instant.nullable(),
  proposals: z.array(proposalView),
})
export type DraftView = z.infer<typeof draftView>

export const textOperation = z.enum(['draft', 'continue', 'rewrite', 'instruct'])
export type TextOperation = z.infer<typeof textOperation>

export const draftRequest = z.object({
  ...text,
  operation: textOperation,
  prompt: z.string().max(1_100_000),
  /** Range of the draft to rewrite or to put new words after; absent: the whole text, new words at its end. */
  range: z.object({ from: z.number().int().nonnegative(), to: z.number().int().nonnegative() }).optional(),
  model: z.string().nullable().optional(),
  seed: z.number().int().nonnegative().max(2 ** 32 - 1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.number().int().min(1).max(8192).optional(),
})
export type DraftRequest = z.infer<typeof draftRequest>

export const texts = {
  /** Opens a text for a window. The first session writes, others follow [DRAFT1]; `take` asks to become the writer. */
  open: operation.input(z.object({ ...text, session, take: z.boolean().default(false) })).output(draftView),
  close: operation.input(z.object({ ...text, session })).output(z.object({})),
  /**
   * Appends steps; answers only when they are on disk. Steps below the number that core has are taken as sent twice
   * and skipped. Errors: `stale-draft`, `text-in-use`.
   */
  append: operation.input(z.object({ ...text, session, number: stepNumber, steps: z.array(draftStep).min(1).max(2000) })).output(z.object({ number: stepNumber, keptAt: instant })),
  /** The draft as it is on the disk now, for reading: nobody opens it. `differs`: it says something else than the version that it grew from. */
  draft: operation.input(z.object(text)).output(z.object({ doc: json, base: factId.nullable(), differs: z.boolean() })),
  /** Keeps the draft as a version with a name. */
  keep: operation.input(z.object({ ...text, name: z.string().trim().max(300).optional() })).output(z.object({ version: factId })),
  /** The brief that *Make* works from, kept with the item. */
  brief: operation.input(z.object(text)).output(z.object({ brief: z.string() })),
  changeBrief: operation.input(z.object({ ...text, brief: z.string().max(1_100_000) })).output(z.object({})),
  /** Asks a model for a proposal. Makes a version of the draft first where it differs from the head [PROP1]. */
  ask: operation.input(draftRequest).output(z.object({ job: z.string() })),
  proposals: operation.input(z.object(text)).output(z.array(proposalView)),
  /**
   * Decides pieces. Outcomes and draft are written in one transaction. Core makes the accepting steps from its own
   * mapping and answers with them; every window applies what it does not have. Errors: `already-decided`, `piece-changed`.
   */
  decide: operation
    .input(z.object({ ...text, session: session.optional(), number: stepNumber.optional(), proposal: factId, decisions: z.array(z.object({ piece: z.number().int(), outcome: z.enum(['accepted', 'rejected']) })).min(1).max(20_000) }))
    .output(z.object({ number: stepNumber, steps: z.array(draftStep), version: factId.nullable(), proposal: proposalView })),
}
