import { z } from 'zod'

/** A SHA-256 in lower-case hexadecimal, 64 characters. Names facts, blobs, blocks and commits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export type Sha256 = z.infer<typeof sha256>

/** The id of a fact: the SHA-256 of its canonical bytes (RFC 8785 JSON, UTF-8). */
export const factId = sha256
export type FactId = Sha256

/** An id that somebody drew at random: replicas, people, jobs, sessions. */
export const randomId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
export type RandomId = z.infer<typeof randomId>

/** Milliseconds since 1970, by the clock of the computer that wrote it. */
export const instant = z.number().int().nonnegative()

/** An Ed25519 public key or signature, base64url without padding. */
export const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/).max(200)

/** A handle of an open project, valid until it is closed. Not stored anywhere. */
export const projectHandle = randomId

/** A number that says how a text's editor and core count steps: a non-negative integer. */
export const stepNumber = z.number().int().nonnegative()

/** JSON as it may stand in a record: depth and size are checked where it is read. */
export const json = z.json()
