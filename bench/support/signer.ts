import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Author } from '../../src/core/project/types.js'

/** A signer whose key is the same in the next process, so that what one began another goes on with. */
export function fileSigner(path: string): Author['signer'] {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  }
  const key = createPrivateKey(readFileSync(path))
  const publicKey = createPublicKey(key).export({ format: 'jwk' }).x!
  return { publicKey, sign: async (bytes) => sign(null, bytes, key).toString('base64url') }
}
