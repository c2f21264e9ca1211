import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { Fact, FactOf, HeadSignature } from '../../contract/index.js'
import { canonicalText } from './hashing.js'

/** A DER public key of Ed25519 is this prefix and the 32 raw bytes. Both forms are understood; comparing needs one. */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** The 32 raw bytes of an Ed25519 public key as base64url, or null for what is none. */
export function rawKey(publicKey: string): string | null {
  const bytes = Buffer.from(publicKey, 'base64url')
  if (bytes.length === 32) return bytes.toString('base64url')
  if (bytes.length === 44 && bytes.subarray(0, 12).equals(DER_PREFIX)) return bytes.subarray(12).toString('base64url')
  return null
}

/** Whether two public keys are the same key, whichever form they are written in. */
export function sameKey(a: string, b: string): boolean {
  const raw = rawKey(a)
  return raw !== null && raw === rawKey(b)
}

const keys = new Map<string, KeyObject | null>()

function keyObject(publicKey: string): KeyObject | null {
  const known = keys.get(publicKey)
  if (known !== undefined) return known
  const raw = rawKey(publicKey)
  let key: KeyObject | null = null
  try {
    if (raw !== null) key = createPublicKey({ key: Buffer.concat([DER_PREFIX, Buffer.from(raw, 'base64url')]), format: 'der', type: 'spki' })
  } catch {
    key = null
  }
  if (keys.size > 1000) keys.clear()
  keys.set(publicKey, key)
  return key
}

/** Whether `signature` (base64url) over the bytes was made with this key. Never throws. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const key = keyObject(publicKey)
  if (key === null) return false
  try {
    return verify(null, bytes, key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

// Each kind of signed bytes names itself, so that a signature over one thing can never be shown as one over another.
const bytesOf = (domain: string, value: object): Uint8Array => Buffer.from(canonicalText({ galley: domain, ...value }), 'utf8')

/** What is signed for a chain head [SIGN1]. */
export function headBytes(head: Omit<HeadSignature, 'signature'>): Uint8Array {
  return bytesOf('head', { replica: head.replica, number: head.number, hash: head.hash })
}

/** What a decision's own signature covers: the whole fact but the signature (person, version hash, scope, time, …) [SIGN1]. */
export function decisionBytes(decision: Omit<FactOf<'decision'>, 'signature'> & { signature?: string }): Uint8Array {
  return bytesOf('decision', { ...decision, signature: undefined })
}

/** What a membership's own signature covers: the whole fact but the signature [MEMBER1]. */
export function membershipBytes(membership: Omit<FactOf<'membership'>, 'signature'> & { signature?: string }): Uint8Array {
  return bytesOf('membership', { ...membership, signature: undefined })
}

/** False for a decision or membership without a valid own signature; other facts need none [SIGN1]. */
export function hasValidOwnSignature(fact: Fact): boolean {
  if (fact.kind === 'decision') return isSignedBy(fact.key, decisionBytes(fact), fact.signature)
  if (fact.kind === 'membership') return isSignedBy(fact.key, membershipBytes(fact), fact.signature)
  return true
}
