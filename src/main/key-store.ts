import { join } from 'node:path'
import { safeStorage } from 'electron'
import type { KeyStore } from '../contract/index.js'
import { openSigningKey, type SigningKey, type Wrapping } from '../shell/signing-key.js'

const wrapped: Wrapping = {
  wrap: (key) => safeStorage.encryptString(key.toString('base64')),
  unwrap: (stored) => Buffer.from(safeStorage.decryptString(stored), 'base64'),
}

/** On Linux without a key ring, Electron encrypts with a password that everybody knows. */
function storeQuality(): KeyStore {
  if (!safeStorage.isEncryptionAvailable()) return 'file'
  // Older Electrons cannot tell, so nothing good is claimed of them there.
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend?.() ?? 'unknown' : 'system'
  return backend === 'basic_text' || backend === 'unknown' ? 'weak' : 'keychain'
}

/** The key of this installation, wrapped by the system's key store where there is one. */
export function openDesktopKey(userData: string): { key: SigningKey; keyStore: KeyStore } {
  const keyStore = storeQuality()
  const key = keyStore === 'file' ? openSigningKey(join(userData, 'signing-key')) : openSigningKey(join(userData, 'signing-key.wrapped'), wrapped)
  return { key, keyStore }
}
