import { mostUploadBytes, toErrorRecord, uploadPartBytes, type ErrorRecord, type ImportOutcome } from '../../../contract/index.js'
import { bridge } from '../../shell.js'
import { showView } from '../../state/route.js'
import { createStore } from '../../state/store.js'
import { client } from '../../studio.js'

export interface Bringing {
  readonly all: number
  readonly done: number
  readonly imported: ImportOutcome['imported']
  readonly refused: readonly { readonly name: string; readonly error: ErrorRecord }[]
  readonly isRunning: boolean
}

/** Files that are being brought in, or how that came out; one notice for all of them. */
export const bringing = createStore<Bringing | null>(null)

interface Place {
  readonly project: string
  readonly folder: string | null
}

/** Brings files in one after the other: by their path where the shell knows it, else by their bytes. What is refused does not hold up the others. */
export async function bringIn(files: readonly File[], place: Place): Promise<void> {
  if (files.length === 0) return
  const before = bringing.get()
  const start: Bringing = before?.isRunning ? before : { all: 0, done: 0, imported: [], refused: [], isRunning: true }
  bringing.set({ ...start, all: start.all + files.length })
  for (const file of files) {
    const outcome = await bringOne(file, place).catch((error: unknown): ImportOutcome => ({ imported: [], refused: [{ name: file.name, error: toErrorRecord(error) }] }))
    bringing.set((now) => now && { ...now, done: now.done + 1, imported: [...now.imported, ...outcome.imported], refused: [...now.refused, ...outcome.refused] })
  }
  bringing.set((now) => now && { ...now, isRunning: now.done < now.all })
  const after = bringing.get()
  const [only] = after?.imported ?? []
  if (after && !after.isRunning && after.imported.length === 1 && after.refused.length === 0 && only) {
    showView({ type: 'item', item: only.item })
    bringing.set(null)
  }
}

async function bringOne(file: File, { project, folder }: Place): Promise<ImportOutcome> {
  const path = bridge()?.pathOf(file)
  if (path) return client.pictures.import({ project, folder, paths: [path] })
  if (file.size > mostUploadBytes) return { imported: [], refused: [{ name: file.name, error: { code: 'bad-input', data: { detail: file.name, tooLarge: true } } }] }
  const upload = crypto.randomUUID()
  let outcome: ImportOutcome = { imported: [], refused: [] }
  for (let offset = 0; offset === 0 || offset < file.size; offset += uploadPartBytes) {
    const part = file.slice(offset, offset + uploadPartBytes)
    outcome = await client.pictures.importBytes({ project, folder, name: file.name, upload, offset, bytes: await base64Of(part), last: offset + uploadPartBytes >= file.size })
  }
  return outcome
}

function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : '')
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read'))
    reader.readAsDataURL(part)
  })
}
