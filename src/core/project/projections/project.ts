import type { FactOf } from '../../../contract/index.js'

/**
 * The founder's key stands in the project fact's nonce, `<random>.<key>`: so the project's id covers the key, and
 * nobody can claim to have signed the first commit with a copy of that fact and an earlier clock [MEMBER1].
 */
export function founderOf(fact: FactOf<'project'>): { person: string; key: string } {
  const dot = fact.nonce.indexOf('.')
  return { person: fact.by, key: dot < 0 ? '' : fact.nonce.slice(dot + 1) }
}

/** The nonce of a new project fact. `rawKey`: 32 bytes as base64url. */
export function projectNonce(random: string, rawKey: string): string {
  return `${random.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 20)}.${rawKey}`
}
