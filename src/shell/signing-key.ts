import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What protects the key where it lies: the system's key store, or nothing but the owner-only file. */
export interface Wrapping {
  wrap(key: Buffer): Buffer
  unwrap(stored: Buffer): Buffer
}

const bare: Wrapping = { wrap: (key) => key, unwrap: (stored) => stored }

export interface SigningKey {
  /** Ed25519 public key, base64url of its 32 bytes. */
  readonly publicKey: string
  /** Signature over the bytes, base64url. */
  sign(bytes: Uint8Array): string
}

function read(file: string, wrapping: Wrapping): KeyObject | null {
  if (!existsSync(file)) return null
  try {
    return createPrivateKey({ key: wrapping.unwrap(readFileSync(file)), format: 'der', type: 'pkcs8' })
  } catch {
    // A key store that was reset cannot open the old key. It is set aside, not deleted: the store may come back.
    renameSync(file, `${file}.unreadable-${Date.now()}`)
    return null
  }
}

function create(file: string, wrapping: Wrapping): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519')
  mkdirSync(dirname(file), { recursive: true })
  const partial = `${file}.new`
  writeFileSync(partial, wrapping.wrap(privateKey.export({ format: 'der', type: 'pkcs8' })), { mode: 0o600 })
  chmodSync(partial, 0o600) // `mode` counts only where the file is new
  renameSync(partial, file)
  return privateKey
}

/** The key of this installation, made at the first call. The private key does not leave this process. */
export function openSigningKey(file: string, wrapping: Wrapping = bare): SigningKey {
  const key = read(file, wrapping) ?? create(file, wrapping)
  const { x } = createPublicKey(key).export({ format: 'jwk' }) as { x: string }
  return { publicKey: x, sign: (bytes) => sign(null, bytes, key).toString('base64url') }
}
