import { StudioError } from '../../contract/index.js'
import type { Signer } from '../project/types.js'
import type { Channel } from './channel.js'

/** Has the shell sign, so that the private key never enters this process. */
export function shellSigner(channel: Channel, publicKey: string) {
  const waiting = new Map<number, { resolve: (signature: string) => void; reject: (error: Error) => void }>()
  let last = 0
  const signer: Signer = {
    publicKey,
    sign: (bytes) => new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      channel.post({ type: 'sign', id, bytes: Buffer.from(bytes).toString('base64') })
    }),
  }
  return {
    signer,
    signed(id: number, signature: string): void {
      waiting.get(id)?.resolve(signature)
      waiting.delete(id)
    },
    failed(id: number, detail: string): void {
      waiting.get(id)?.reject(new StudioError('internal', { detail: `signing: ${detail}` }))
      waiting.delete(id)
    },
  }
}
