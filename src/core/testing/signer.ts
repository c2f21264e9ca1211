import { generateKeyPairSync, sign } from 'node:crypto'
import type { Signer } from '../project/index.js'

/** A signer with a key of its own that lives as long as the test. */
export function testSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'jwk' }).x!
  return { publicKey: raw, sign: async (bytes) => sign(null, bytes, privateKey).toString('base64url') }
}
