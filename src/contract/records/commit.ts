import { z } from 'zod'
import { base64url, factId, instant, json, randomId, sha256 } from './ids.js'

/** A hybrid logical clock: wall milliseconds, then a counter for what happened within one of them. */
export const hybridClock = z.object({ wall: instant, counter: z.number().int().nonnegative() })
export type HybridClock = z.infer<typeof hybridClock>

/** Names of registers that people overwrite [REG1]; `tag:` is followed by the tag, one boolean each. */
export const registerName = z.union([
  z.enum(['title', 'parent', 'order', 'assignee', 'due', 'deleted', 'hidden', 'resolved', 'picked', 'name', 'policy', 'brief']),
  z.templateLiteral(['tag:', z.string()]),
])
export type RegisterName = z.infer<typeof registerName>

/** One write to a register of a fact (an item, folder, comment, project, …). `value` null empties it. */
export const registerWrite = z.object({ target: factId, name: registerName, value: json })
export type RegisterWrite = z.infer<typeof registerWrite>

/** Up to which commit of each replica the writer had seen: replica → [number, hash]. */
export const versionVector = z.record(randomId, z.tuple([z.number().int().positive(), sha256]))
export type VersionVector = z.infer<typeof versionVector>

/** The unit of history [COMMIT1]. Its hash is the SHA-256 of its canonical bytes (RFC 8785 JSON, UTF-8). */
export const commit = z.object({
  format: z.literal(1),
  replica: randomId,
  /** 1 for a replica's first commit, then without gaps. */
  number: z.number().int().positive(),
  clock: hybridClock,
  person: randomId,
  previous: sha256.nullable(),
  seen: versionVector,
  facts: z.array(factId).max(200_000),
  registers: z.array(registerWrite).max(200_000),
  /** Public key of the replica, in its first commit only. */
  key: base64url.optional(),
})
export type Commit = z.infer<typeof commit>

/** A signature over a replica's chain head [SIGN1]. */
export const headSignature = z.object({ replica: randomId, number: z.number().int().positive(), hash: sha256, signature: base64url })
export type HeadSignature = z.infer<typeof headSignature>
