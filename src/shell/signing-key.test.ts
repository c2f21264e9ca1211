import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSigningKey, type Wrapping } from './signing-key.js'
import { onWindows, testUnless } from '../testing/unless.js'

function verifies(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  return verify(null, bytes, key, Buffer.from(signature, 'base64url'))
}

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'galley-key-')), 'keys', 'signing-key')
}

/** A key store whose secret is one byte. */
function store(secret: number): Wrapping {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ secret))
  return { wrap: turn, unwrap: turn }
}

describe('the key of an installation', () => {
  it('signs so that its public key verifies, and stays the same', () => {
    const file = newFile()
    const bytes = Buffer.from('a chain head')
    const key = openSigningKey(file)
    expect(verifies(key.publicKey, bytes, key.sign(bytes))).toBe(true)
    expect(verifies(key.publicKey, Buffer.from('another'), key.sign(bytes))).toBe(false)
    expect(openSigningKey(file).publicKey).toBe(key.publicKey)
  })

  testUnless(onWindows)('lies in a file that only its owner reads', () => {
    const file = newFile()
    openSigningKey(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is not readable in a file that a key store wrapped', () => {
    const file = newFile()
    const key = openSigningKey(file, store(0x5a))
    expect(() => openSigningKey(join(file, '..', 'copy-of-nothing'), store(0x5a))).not.toThrow()
    expect(readFileSync(file).includes(Buffer.from(key.publicKey, 'base64url'))).toBe(false)
    expect(openSigningKey(file, store(0x5a)).publicKey).toBe(key.publicKey)
  })

  it('is set aside, not deleted, where the key store cannot open it any more', () => {
    const file = newFile()
    const before = openSigningKey(file, store(0x5a))
    const after = openSigningKey(file, store(0x11))
    expect(after.publicKey).not.toBe(before.publicKey)
    expect(readdirSync(join(file, '..')).some((name) => name.startsWith('signing-key.unreadable-'))).toBe(true)
  })
})
