import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StudioEvent } from '../../contract/index.js'
import { openStudioDb, type StudioDb } from '../studio-db/index.js'
import { createQueue } from './queue.js'
import type { JobContext, JobRunner, NewJob, Queue, RunningJob, Runners } from './types.js'

/** A runner whose jobs stand still until the test lets them go on; stops when its signal aborts, as a good one does. */
export interface HeldRunner extends JobRunner {
  readonly started: { job: RunningJob; context: JobContext; finish: () => void; fail: (error: unknown) => void }[]
}

export function heldRunner(options: Pick<JobRunner, 'lane' | 'afterRestart' | 'made'>): HeldRunner {
  const started: HeldRunner['started'] = []
  return {
    ...options,
    started,
    run: (job, context) =>
      new Promise((resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason as Error))
        started.push({ job, context, finish: resolve, fail: reject })
      }),
  }
}

export const project = '/home/a/Book.galley'
export const textJob: NewJob = { kind: 'text', title: 'A poem', projectPath: project, item: 'a'.repeat(64), params: { seed: 7 } }
export const imageJob: NewJob = { kind: 'image', title: 'A boat', projectPath: project, params: { seed: 1 }, wanted: 4 }

/** A queue on a real file, which can be closed well, lost as in a crash, and begun again. */
export interface TestStudio {
  db: StudioDb
  queue: Queue
  readonly events: StudioEvent[]
  /** As after a crash: the file is opened again by another core while the old queue never gets to say anything. */
  crash(runners: Runners): void
  restart(runners: Runners): Promise<void>
  end(): Promise<void>
}

export function startStudio(runners: Runners): TestStudio {
  const folder = mkdtempSync(join(tmpdir(), 'galley-queue-'))
  const path = join(folder, 'studio.db')
  const events: StudioEvent[] = []
  const old: { db: StudioDb; queue: Queue }[] = []
  let runs = 0
  const begin = (some: Runners): { db: StudioDb; queue: Queue } => {
    const db = openStudioDb(path)
    const queue = createQueue({ db, events: { run: `run-${++runs}`, publish: (event) => void events.push(event) }, runners: some, graceMs: 100 })
    return { db, queue }
  }
  const studio: TestStudio = {
    ...begin(runners),
    events,
    crash(some) {
      old.push({ db: studio.db, queue: studio.queue })
      studio.db.close()
      Object.assign(studio, begin(some))
    },
    async restart(some) {
      await studio.queue.close()
      studio.db.close()
      Object.assign(studio, begin(some))
    },
    async end() {
      for (const { queue } of old) await queue.close()
      await studio.queue.close()
      studio.db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return studio
}

/** Lets timers and promises of the queue run until something holds; fails after two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 2000
  while (!holds()) {
    if (Date.now() > end) throw new Error('It did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
