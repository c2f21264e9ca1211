import { toErrorRecord, type ErrorRecord, type ImportOutcome } from '../../../contract/index.js'
import { bridge } from '../../shell.js'
import { untilAnswered } from '../../state/file-work.js'
import { showView } from '../../state/route.js'
import { createStore } from '../../state/store.js'
import { client } from '../../studio.js'
import { isCancelled, uploadFile } from './upload.js'

export interface Bringing {
  readonly all: number
  readonly done: number
  readonly imported: ImportOutcome['imported']
  readonly refused: readonly { readonly name: string; readonly error: ErrorRecord }[]
  /** Names of what did not get its turn, and how to bring it in after all. */
  readonly missing: readonly string[]
  readonly rest: readonly File[]
  readonly startedAt: number
  readonly isRunning: boolean
  /** The job that brings files in by their paths. */
  readonly job: string | null
  /** 0–1, of the bytes that go to the studio from here. */
  readonly share: number | null
  readonly msLeft: number | null
}

/** Files that are being brought in, or how that came out; one notice for all of them. */
export const bringing = createStore<Bringing | null>(null)

interface Place {
  readonly project: string
  readonly folder: string | null
}

const nothing: Bringing = { all: 0, done: 0, imported: [], refused: [], missing: [], rest: [], startedAt: 0, isRunning: true, job: null, share: null, msLeft: null }
let controller = new AbortController()
/** What is dropped while files come in waits for them. */
let last: Promise<void> = Promise.resolve()

const change = (next: (now: Bringing) => Partial<Bringing>): void => bringing.set((now) => now && { ...now, ...next(now) })
const add = (outcome: ImportOutcome): void => change((now) => ({ imported: [...now.imported, ...outcome.imported], refused: [...now.refused, ...outcome.refused], missing: [...now.missing, ...outcome.missing] }))

/** Stops bringing in. What came in stays. */
export function cancelBringing(): void {
  const job = bringing.get()?.job
  controller.abort()
  if (job) void client.jobs.cancel({ job }).catch(() => undefined)
}

/** Brings files in: those whose path the shell knows as one job, the others by their bytes. What is refused does not hold up the others. */
export function bringIn(files: readonly File[], place: Place): Promise<void> {
  if (files.length === 0) return last
  const before = bringing.get()
  if (!before?.isRunning) controller = new AbortController()
  const start: Bringing = before?.isRunning ? before : { ...nothing, startedAt: Date.now() }
  bringing.set({ ...start, all: start.all + files.length })
  return (last = last.then(() => bring(files, place)))
}

async function bring(files: readonly File[], place: Place): Promise<void> {
  const paths = files.map((file) => bridge()?.pathOf(file) || null)
  const onDisk = paths.filter((path) => path !== null)
  if (onDisk.length > 0) await bringPaths(onDisk, place)
  await bringBytes(files.filter((_, index) => paths[index] === null), place)
  change((now) => ({ done: now.done + files.length }))
  change((now) => ({ isRunning: now.done < now.all, job: null, share: null, msLeft: null }))
  const after = bringing.get()
  const [only] = after?.imported ?? []
  if (after && !after.isRunning && after.imported.length === 1 && after.refused.length + after.missing.length === 0 && only) {
    showView({ type: 'item', item: only.item })
    bringing.set(null)
  }
}

async function bringPaths(paths: readonly string[], { project, folder }: Place): Promise<void> {
  const job = crypto.randomUUID()
  change(() => ({ job }))
  if (controller.signal.aborted) return change((now) => ({ missing: [...now.missing, ...paths] }))
  try {
    // A restart of core goes on with it by itself.
    add(await untilAnswered(job, () => client.pictures.import({ project, folder, paths: [...paths], job })))
  } catch (error) {
    change((now) => ({ refused: [...now.refused, { name: paths.length === 1 ? paths[0]! : '', error: toErrorRecord(error) }] }))
  }
}

async function bringBytes(files: readonly File[], place: Place): Promise<void> {
  const all = files.reduce((sum, { size }) => sum + size + 1, 0)
  let sent = 0
  const began = Date.now()
  const tell = (bytes: number): void => {
    const share = Math.min(1, (sent + bytes) / Math.max(1, all))
    // No job guesses the time of what is sent from here; its pace so far can.
    change(() => ({ share, msLeft: share > 0 ? Math.round(((Date.now() - began) * (1 - share)) / share) : null }))
  }
  for (const [index, file] of files.entries()) {
    try {
      if (controller.signal.aborted) throw controller.signal.reason
      add(await uploadFile(file, place, { signal: controller.signal, onBytes: tell }))
    } catch (error) {
      if (isCancelled(controller.signal)) {
        const rest = files.slice(index)
        return change((now) => ({ missing: [...now.missing, ...rest.map(({ name }) => name)], rest: [...now.rest, ...rest] }))
      }
      add({ imported: [], refused: [{ name: file.name, error: toErrorRecord(error) }], missing: [] })
    }
    sent += file.size + 1
    tell(0)
  }
}
