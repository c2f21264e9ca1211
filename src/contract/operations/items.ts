import { z } from 'zod'
import { factId, instant, itemKind, projectHandle, randomId, recipe, versionReason, originRun } from '../records/index.js'
import { operation } from './base.js'

export const reviewState = z.enum(['draft', 'in-review', 'changes-asked', 'approved', 'published'])
export type ReviewState = z.infer<typeof reviewState>

export const itemSummary = z.object({
  id: factId,
  kind: itemKind,
  title: z.string(),
  folder: factId.nullable(),
  order: z.string(),
  tags: z.array(z.string()),
  heads: z.array(factId),
  versions: z.number().int(),
  state: reviewState,
  createdAt: instant,
  changedAt: instant,
  /** Hash of the head's picture, for items that have one. */
  picture: z.string().nullable(),
  openProposals: z.number().int(),
})
export type ItemSummary = z.infer<typeof itemSummary>

export const folderSummary = z.object({ id: factId, title: z.string(), parent: factId.nullable(), order: z.string() })
export type FolderSummary = z.infer<typeof folderSummary>

export const versionSummary = z.object({
  id: factId,
  item: factId,
  /** Counts the item's versions in the order in which this file shows them, from 1. */
  ordinal: z.number().int(),
  parents: z.array(factId),
  at: instant,
  person: z.object({ id: randomId, name: z.string() }),
  reason: versionReason,
  name: z.string().nullable(),
  recipe,
  isHead: z.boolean(),
  hidden: z.boolean(),
  removed: z.boolean(),
  /** For pictures: kept (true), set aside (false), or not yet decided. */
  picked: z.boolean().nullable(),
  content: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), words: z.number().int(), beginning: z.string() }),
    z.object({ type: z.literal('blob'), hash: z.string(), size: z.number(), mediaType: z.string(), width: z.number().nullable(), height: z.number().nullable() }),
  ]),
  decision: z.enum(['approve', 'approve-with-notes', 'changes']).nullable(),
  /** Proposals with pieces that were decided between the version's parents and this one; absent where there is none. */
  proposals: z.array(z.object({ id: factId, recipe, accepted: z.number().int(), pieces: z.number().int() })).optional(),
})
export type VersionSummary = z.infer<typeof versionSummary>

const inProject = { project: projectHandle }
const title = z.string().trim().min(1).max(300)

export const items = {
  /** Everything on the desk. Of an item that is no text the newest dozen of its heads; `get` names all. */
  list: operation.input(z.object(inProject)).output(z.object({ items: z.array(itemSummary), folders: z.array(folderSummary) })),
  get: operation.input(z.object({ ...inProject, item: factId })).output(itemSummary),
  create: operation.input(z.object({ ...inProject, kind: itemKind, title, folder: factId.nullable().optional() })).output(itemSummary),
  rename: operation.input(z.object({ ...inProject, target: factId, title })).output(z.object({})),
  /** Moves an item or folder into a folder (null: the top), before another one where given. */
  move: operation.input(z.object({ ...inProject, target: factId, folder: factId.nullable(), before: factId.optional() })).output(z.object({})),
  tag: operation.input(z.object({ ...inProject, item: factId, tag: z.string().trim().min(1).max(100), on: z.boolean() })).output(z.object({})),
  /** Sets an item or folder aside; undo brings it back. Nothing is removed from the file. */
  remove: operation.input(z.object({ ...inProject, target: factId })).output(z.object({})),
  createFolder: operation.input(z.object({ ...inProject, title, parent: factId.nullable().optional() })).output(folderSummary),
  /** Versions of an item, newest first: those before an ordinal, or from a place in that order. */
  versions: operation
    .input(z.object({ ...inProject, item: factId, before: z.number().int().optional(), offset: z.number().int().nonnegative().optional(), limit: z.number().int().min(1).max(500).default(100) }))
    .output(z.object({ versions: z.array(versionSummary), total: z.number().int() })),
  version: operation.input(z.object({ ...inProject, version: factId })).output(versionSummary),
  /** The document of a text version, as ProseMirror JSON of the current schema. */
  versionText: operation.input(z.object({ ...inProject, version: factId })).output(z.object({ doc: z.json(), origin: z.array(originRun) })),
  /** Makes the head's content that of an older version again, as a new version. */
  restore: operation.input(z.object({ ...inProject, version: factId })).output(z.object({ version: factId })),
}
