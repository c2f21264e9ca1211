import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mostUploadBytes, StudioError } from '../../contract/index.js'
import type { Imaging } from '../imaging/index.js'
import { createSerial } from '../serial.js'
import { fileNameOf } from './file-names.js'
import { fileError } from './write-file.js'

/** Uploads that are remembered at once; the oldest is forgotten for another. */
const MOST_UPLOADS = 64

interface Upload<Outcome> {
  readonly serial: ReturnType<typeof createSerial>
  folder: string | null
  file: string | null
  received: number
  outcome: Outcome | null
}

export interface Part { readonly upload: string; readonly name: string; readonly offset: number; readonly bytes: Uint8Array; readonly last: boolean }

/**
 * Files that come in parts. Parts of one are written one after the other; one that is sent again after a reconnect is not
 * written twice, and the last one is answered as before. Each has a scratch folder of its own, which is gone afterwards.
 */
export function createUploads<Outcome>(scratch: Pick<Imaging['scratch'], 'create' | 'remove'>) {
  const uploads = new Map<string, Upload<Outcome>>()

  async function forget(id: string): Promise<void> {
    const upload = uploads.get(id)
    uploads.delete(id)
    if (upload?.folder) await scratch.remove(upload.folder)
  }

  async function find(id: string): Promise<Upload<Outcome>> {
    const present = uploads.get(id)
    if (present) return present
    const oldest = uploads.size >= MOST_UPLOADS ? uploads.keys().next().value : undefined
    const made: Upload<Outcome> = { serial: createSerial(), folder: null, file: null, received: 0, outcome: null }
    uploads.set(id, made)
    if (oldest !== undefined) await forget(oldest)
    return made
  }

  async function write(upload: Upload<Outcome>, { name, offset, bytes }: Part): Promise<void> {
    if (offset > upload.received) throw new StudioError('bad-input', { detail: `a part at byte ${offset} came before the one at byte ${upload.received}` })
    const fresh = bytes.subarray(Math.min(upload.received - offset, bytes.length))
    if (upload.received + fresh.length > mostUploadBytes) throw new StudioError('bad-input', { detail: `${name} is larger than ${mostUploadBytes / 1024 ** 2} MB` })
    upload.folder ??= await scratch.create()
    upload.file ??= join(upload.folder, fileNameOf(name))
    await appendFile(upload.file, fresh).catch((error: unknown) => {
      throw fileError(error, upload.file!)
    })
    upload.received += fresh.length
  }

  return {
    /** Takes a part; after the last one `take` gets the file, which is gone afterwards. Errors: `bad-input`, `disk-full`. */
    async add(part: Part, take: (file: string) => Promise<Outcome>): Promise<{ received: number; outcome: Outcome | null }> {
      const upload = await find(part.upload)
      return upload.serial(async () => {
        try {
          if (upload.outcome === null) await write(upload, part)
          if (upload.outcome === null && part.last) {
            upload.outcome = await take(upload.file!)
            await scratch.remove(upload.folder!)
          }
        } catch (error) {
          await forget(part.upload)
          throw error
        }
        return { received: upload.received, outcome: part.last ? upload.outcome : null }
      })
    },
  }
}
export type Uploads<Outcome> = ReturnType<typeof createUploads<Outcome>>
