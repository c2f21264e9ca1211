import { z } from 'zod'
import { base64url, factId, instant, json, randomId, sha256 } from './ids.js'
import { recipe } from './recipe.js'

/** What every fact carries. `nonce` keeps two alike facts apart where that matters; the person is the commit's. */
const stamp = { at: instant, by: randomId }
const nonce = { nonce: z.string().max(64) }

export const itemKind = z.enum(['text', 'image', 'audio', 'video', 'code', 'file'])
export type ItemKind = z.infer<typeof itemKind>

/** A run of characters of one origin, in positions of the version's document (ProseMirror positions, half open). */
export const originRun = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  origin: z.enum(['typed', 'pasted', 'model', 'model-edited']),
})
export type OriginRun = z.infer<typeof originRun>

export const versionContent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    /** Number of the document schema that wrote the blocks. */
    schema: z.number().int().positive(),
    /** Hashes of the top-level blocks, in order; their canonical JSON lies in text blocks. */
    blocks: z.array(sha256).max(200_000),
    origin: z.array(originRun).max(200_000).optional(),
  }),
  z.object({
    type: z.literal('blob'),
    hash: sha256,
    size: z.number().int().nonnegative(),
    mediaType: z.string().max(200),
    width: z.number().int().positive().optional(),
    height: z.number().int().positive().optional(),
  }),
])
export type VersionContent = z.infer<typeof versionContent>

/** Why a version was kept. */
export const versionReason = z.enum([
  'proposal', 'named', 'commented', 'review', 'exported', 'placed', 'source', 'generated', 'imported', 'combined', 'restored', 'edited',
])

/** Where a comment points. Text positions are those of the version that it was written on. */
export const commentAnchor = z.discriminatedUnion('type', [
  z.object({ type: z.literal('whole') }),
  z.object({
    type: z.literal('words'),
    from: z.number().int().nonnegative(),
    to: z.number().int().nonnegative(),
    quote: z.string().max(20_000),
    prefix: z.string().max(200),
    suffix: z.string().max(200),
  }),
  z.object({
    type: z.literal('region'),
    /** Percent of the picture, as in the media fragment `xywh=percent:`. */
    x: z.number().min(0).max(100),
    y: z.number().min(0).max(100),
    width: z.number().min(0).max(100),
    height: z.number().min(0).max(100),
    content: sha256,
  }),
])
export type CommentAnchor = z.infer<typeof commentAnchor>

/** One change that a proposal suggests: put `slice` in place of `from`–`to` of the base version's document. */
export const piece = z.object({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  /** SHA-256 of the words that stood there (plain text), so that a piece which no longer fits is noticed. */
  oldHash: sha256,
  /** ProseMirror slice as JSON; null removes the words. */
  slice: json,
})
export type Piece = z.infer<typeof piece>

export const decisionKind = z.enum(['approve', 'approve-with-notes', 'changes'])

/** Facts never change [FACT1]. A fact's id is the SHA-256 of its canonical bytes. */
export const fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), ...stamp, ...nonce, title: z.string().max(300) }),
  z.object({ kind: z.literal('person'), ...stamp, person: randomId, name: z.string().max(200), key: base64url }),
  z.object({ kind: z.literal('folder'), ...stamp, ...nonce }),
  z.object({ kind: z.literal('item'), ...stamp, ...nonce, itemKind }),
  z.object({
    kind: z.literal('version'), ...stamp, item: factId, parents: z.array(factId).max(100),
    content: versionContent, reason: versionReason, recipe,
    /** The name a person gave this version, where that is why it was kept. */
    name: z.string().max(300).optional(),
  }),
  z.object({
    kind: z.literal('proposal'), ...stamp, item: factId, base: factId, title: z.string().max(300),
    pieces: z.array(piece).max(20_000), recipe,
  }),
  z.object({
    kind: z.literal('outcome'), ...stamp, proposal: factId, piece: z.number().int().nonnegative(),
    outcome: z.enum(['accepted', 'rejected']), ...nonce,
  }),
  z.object({
    kind: z.literal('comment'), ...stamp, ...nonce, item: factId, version: factId, text: z.string().max(100_000),
    anchor: commentAnchor, replyTo: factId.optional(),
  }),
  z.object({
    kind: z.literal('review-request'), ...stamp, ...nonce, item: factId, version: factId,
    to: z.array(randomId).max(100), note: z.string().max(10_000), due: instant.optional(),
  }),
  z.object({
    kind: z.literal('decision'), ...stamp, item: factId, version: factId, decision: decisionKind,
    notes: z.string().max(100_000), scope: z.string().max(300), key: base64url, signature: base64url,
  }),
  z.object({
    kind: z.literal('membership'), ...stamp, member: base64url, person: randomId, name: z.string().max(200),
    role: z.string().max(100), key: base64url, signature: base64url,
    /** It ends here: what this key signed counts no more, earlier decisions too. */
    ended: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('export'), ...stamp, ...nonce, versions: z.array(factId).max(100_000),
    format: z.string().max(100), approved: z.array(factId).max(100_000),
  }),
  z.object({ kind: z.literal('removal'), ...stamp, ...nonce, version: factId, reason: z.string().max(2000) }),
])
export type Fact = z.infer<typeof fact>
export type FactKind = Fact['kind']
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>
