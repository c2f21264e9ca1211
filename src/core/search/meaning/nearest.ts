import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { StudioError } from '../../../contract/index.js'
import { compareModule } from './compare-module.js'
import { nearestProgram } from './nearest-program.js'
import { width } from './vector.js'

export interface Near { readonly passage: number; readonly likeness: number }

/** Finds the passages whose vectors are nearest, in a thread of its own: comparing a hundred thousand takes longer than core may stand still. */
export interface Nearest {
  /** The `most` nearest passages whose likeness is at least `floor`, the nearest first. Errors: `internal`. */
  find(project: number, vector: Buffer, options: { readonly floor: number; readonly most: number }): Promise<Near[]>
  /** Reads the vectors of a project, so that the next search finds them in memory. */
  warm(project: number): void
  close(): Promise<void>
}

/** The thread and its vectors go when nobody searched for this long. */
const idleMs = 300_000

interface Waiting { resolve(found: Near[]): void; reject(error: Error): void }
type Answer = { readonly id: number; readonly found: Near[] } | { readonly id: number; readonly problem: string }

/** `path`: of `studio.db`, which unlike a project may be opened more than once. */
export function createNearest(path: string, { idleMs: idle = idleMs }: { idleMs?: number } = {}): Nearest {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let timer: NodeJS.Timeout | undefined
  let number = 0

  function fail(detail: string): void {
    worker = null
    for (const { reject } of waiting.values()) reject(new StudioError('internal', { detail }))
    waiting.clear()
  }

  function start(): Worker {
    const library = createRequire(import.meta.url).resolve('better-sqlite3')
    const started = new Worker(nearestProgram, { eval: true, workerData: { library, path, width, compareModule } })
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      // Whoever waits for an answer keeps the process; an idle thread must not.
      if (waiting.size === 0) started.unref()
      if ('problem' in answer) asked?.reject(new StudioError('internal', { detail: answer.problem }))
      else asked?.resolve(answer.found)
    })
    started.on('error', (error: Error) => { if (worker === started) fail(error.message) })
    started.on('exit', () => { if (worker === started) fail('the comparing thread ended') })
    started.unref()
    return started
  }

  function post(message: object): void {
    clearTimeout(timer)
    timer = setTimeout(() => void close(), idle).unref()
    worker ??= start()
    worker.postMessage(message)
  }

  async function close(): Promise<void> {
    clearTimeout(timer)
    const old = worker
    fail('the studio closes it')
    await old?.terminate()
  }

  return {
    find(project, vector, { floor, most }) {
      const id = ++number
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        post({ id, project, vector, floor, most })
        worker?.ref()
      })
    },
    warm: (project) => post({ id: 0, project }),
    close,
  }
}
