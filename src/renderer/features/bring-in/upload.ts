import { mostUploadBytes, StudioError, uploadPartBytes, type ImportOutcome } from '../../../contract/index.js'
import { client } from '../../studio.js'

export const isCancelled = (signal: AbortSignal): boolean => signal.aborted

/** Sends a file whose path the page does not know, part by part; the last part brings it in. Errors: those of the studio, the reason of the signal. */
export async function uploadFile(
  file: File, { project, folder }: { readonly project: string; readonly folder: string | null }, options: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<ImportOutcome> {
  if (file.size > mostUploadBytes) throw new StudioError('file-too-large', { name: file.name, bytes: file.size, limit: mostUploadBytes })
  const upload = crypto.randomUUID()
  let outcome: ImportOutcome = { imported: [], refused: [], missing: [] }
  for (let offset = 0; offset === 0 || offset < file.size; offset += uploadPartBytes) {
    options.signal.throwIfAborted()
    const part = file.slice(offset, offset + uploadPartBytes)
    const last = offset + uploadPartBytes >= file.size
    outcome = await client.pictures.importBytes({ project, folder, name: file.name, upload, offset, bytes: await base64Of(part, file.name), last })
    options.onBytes(Math.min(file.size, offset + part.size))
  }
  return outcome
}

function base64Of(part: Blob, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '')
    // A folder, or a file that was moved away after it was chosen.
    reader.onerror = () => reject(new StudioError('not-found', { what: 'file', id: name }))
    reader.readAsDataURL(part)
  })
}
