import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engines } from '../../engines/index.js'

/** Changes when passages are cut or vectors are packed in another way: what was read before is then read again. */
const recipe = 1

/** What the text encoder takes in the engine while it works, in bytes; measured, and rounded up. */
export const encoderNeed = 200 * 1024 ** 2

const files = ['text_encoder/model.onnx', 'tokenizer/tokenizer.json']

/** Turns words into vectors: the text encoder of the built-in picture model, MiniLM, in the image engine. */
export interface Encoder {
  /** Names the model by what is in its files; null where it is not on this computer. */
  key(): Promise<string | null>
  /** One unit vector for each text. Errors: those of engines, and `cancelled`. */
  vectors(texts: readonly string[], signal?: AbortSignal): Promise<number[][]>
  /** Whether the engine may take the memory now. */
  hasRoom(): boolean
}

/** `folder`: of the built-in picture model, null where there is none. */
export function createEncoder({ engines, folder }: { engines: Pick<Engines, 'call' | 'memory'>; folder: string | null }): Encoder {
  let known: Promise<string> | null = null

  async function hash(path: string): Promise<string> {
    const all = createHash('sha256').update(`recipe ${recipe}`)
    for (const file of files) for await (const chunk of createReadStream(join(path, file))) all.update(chunk as Buffer)
    return all.digest('hex')
  }

  return {
    async key() {
      if (folder === null) return null
      for (const file of files) if ((await stat(join(folder, file)).catch(() => null)) === null) return null
      known ??= hash(folder)
      return known
    },
    async vectors(texts, signal) {
      if (folder === null) return []
      const { vectors } = await engines.call('image', 'embed', { path: folder, texts: [...texts] }, { signal, background: true })
      return vectors
    },
    hasRoom() {
      const { used, allowed } = engines.memory()
      return allowed - used >= encoderNeed
    },
  }
}
