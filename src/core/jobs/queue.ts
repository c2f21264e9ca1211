import { randomUUID } from 'node:crypto'
import { StudioError, toErrorRecord, type JobView } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { JobOutcome, JobRow, StudioDb } from '../studio-db/index.js'
import { createLiveJob, type LiveJob } from './live-job.js'
import { leaseMs, ownerName } from './owner.js'
import { createRecovery, stoppedOutcome } from './recovery.js'
import type { JobRunner, Lane, NewJob, Queue, RunningJob, Runners } from './types.js'
import { hasEnded, viewOf } from './view.js'
import { createWaiters } from './waiters.js'

const beatMs = 3000
const endedKeptMs = 90 * 24 * 3_600_000

export interface QueueOptions {
  readonly db: Pick<StudioDb, 'jobs'>
  readonly events: Pick<Events, 'publish' | 'run'>
  readonly runners: Runners
  readonly now?: () => number
  /** How long closing waits for a runner that does not heed its signal, milliseconds. */
  readonly graceMs?: number
}

/**
 * The queue. Rows in `studio.db` are the truth; memory holds only what a running job reports. Several cores may share
 * the rows: each takes jobs by a claim that one of them wins, runs a project's jobs only while it has that project
 * open, and the others under a lease.
 */
export function createQueue({ db, events, runners, now = Date.now, graceMs = 10_000 }: QueueOptions): Queue {
  const rows = db.jobs
  const owner = ownerName(events.run)
  const open = new Map<string, string>()
  const lives = new Map<string, { live: LiveJob; done: Promise<void> }>()
  const busy = new Set<Lane>()
  const unsettled = new Map<string, JobOutcome>()
  const waiters = createWaiters((id) => {
    const row = rows.get(id)
    return row === null ? null : view(row)
  })
  let closing = false
  let pumping = false

  function changed(row: Pick<JobRow, 'id' | 'item'>): void {
    events.publish({ type: 'job.changed', job: row.id, ...(row.item === null ? {} : { item: row.item }) })
    waiters.check(row.id)
  }

  const recovery = createRecovery({ rows, runners, owner, now, describe, changed })

  function find(id: string): JobRow {
    const row = rows.get(id)
    if (row === null) throw new StudioError('not-found', { what: 'job', id })
    return row
  }

  const view = (row: JobRow): JobView => viewOf(row, { live: lives.get(row.id)?.live ?? null, handle: row.projectPath === null ? null : (open.get(row.projectPath) ?? null) })

  function describe(row: JobRow): RunningJob {
    const { id, kind, title, projectPath, item, wanted, results } = row
    return { id, kind, title, projectPath, item, wanted, results, params: rows.params(id), project: projectPath === null ? null : (open.get(projectPath) ?? null) }
  }

  /** The row as it is now, or as it was where the database cannot be read at this moment. */
  function latest(row: JobRow): JobRow {
    try {
      return rows.get(row.id) ?? row
    } catch {
      return row
    }
  }

  function settle(row: JobRow, outcome: JobOutcome): void {
    try {
      rows.settle(row.id, owner, outcome)
      unsettled.delete(row.id)
    } catch {
      // The database is full or busy: the row still says "running" for us, and the next beat tries again.
      unsettled.set(row.id, outcome)
    }
    changed(row)
  }

  async function run(row: JobRow, runner: JobRunner, live: LiveJob): Promise<void> {
    let outcome: Pick<JobOutcome, 'state' | 'crashed' | 'error'> = { state: 'done' }
    try {
      await runner.run(describe(row), live.context)
    } catch (error) {
      const record = toErrorRecord(error)
      if (live.context.signal.aborted) outcome = stoppedOutcome(latest(row), runner, false)
      else outcome = record.code === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', error: record }
    }
    live.end()
    lives.delete(row.id)
    busy.delete(runner.lane)
    settle(row, { ...outcome, text: live.text, results: live.results, remake: live.remake, at: now() })
    schedule()
  }

  function pump(): void {
    pumping = false
    if (closing) return
    for (const row of rows.all()) {
      const runner = runners[row.kind]
      if (row.state !== 'waiting' || row.paused || runner === undefined || busy.has(runner.lane)) continue
      if (row.projectPath !== null && !open.has(row.projectPath)) continue
      if (!rows.claim(row.id, owner, now(), now() + leaseMs)) continue
      const live = createLiveJob({ row, owner, rows, publish: events.publish, changed: () => changed(row), now })
      busy.add(runner.lane)
      const entry = { live, done: Promise.resolve() }
      lives.set(row.id, entry)
      changed(row)
      entry.done = run(row, runner, live)
    }
  }

  // Not at once: whoever asks gets its answer before the work begins.
  function schedule(): void {
    if (pumping || closing) return
    pumping = true
    setImmediate(() => attempt(pump))
  }

  /** For timers: a busy or full database is tried again at the next beat and must not end core. */
  function attempt(action: () => void): void {
    try {
      action()
    } catch {
      pumping = false
    }
  }

  /** Says that our jobs live, hears what other cores asked of them, and takes up what is left over. */
  function beat(): void {
    for (const [id, outcome] of [...unsettled]) {
      const row = rows.get(id)
      if (row !== null) settle(row, outcome)
    }
    if (lives.size > 0) rows.renew(owner, now() + leaseMs)
    for (const { live } of lives.values()) {
      const row = rows.get(live.row.id)
      if (row === null || row.owner !== owner || row.cancelAsked || row.paused) live.stop()
    }
    recovery.takeOrphans()
    waiters.checkAll()
    schedule()
  }

  async function stopAll(which: (row: JobRow) => boolean): Promise<void> {
    const stopped = [...lives.values()].filter(({ live }) => which(live.row))
    for (const { live } of stopped) live.stop()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)))
    await Promise.race([Promise.all(stopped.map(({ done }) => done)), late])
    clearTimeout(timer)
  }

  function add(job: NewJob, retryOf: string | null): string {
    const id = randomUUID()
    const { kind, title, detail = '', projectPath, item = null, params, wanted = 1 } = job
    rows.insert({ id, kind, title, detail, projectPath, item, params, wanted, createdAt: now(), retryOf })
    changed({ id, item })
    schedule()
    return id
  }

  rows.thin(now() - endedKeptMs)
  recovery.takeOrphans()
  const timer = setInterval(() => attempt(beat), beatMs)
  timer.unref()
  schedule()

  return {
    enqueue: (job) => add(job, null),
    views: ({ projectPath } = {}) => rows.all().filter((row) => projectPath === undefined || row.projectPath === projectPath).map(view),
    view: (id) => view(find(id)),
    cancel(id) {
      const row = find(id)
      if (!rows.cancelWaiting(id, now()) && !rows.askCancel(id)) return
      lives.get(id)?.live.stop()
      changed(row)
      schedule()
    },
    retry(id) {
      const row = find(id)
      if (!hasEnded(row.state)) throw new StudioError('bad-input', { detail: `Job ${id} has not ended` })
      return add({ ...row, params: rows.params(id) }, id)
    },
    move(id, before) {
      const row = find(id)
      if (before !== null) find(before)
      if (!rows.move(id, before)) throw new StudioError('bad-input', { detail: 'Only a waiting job can be moved, before another waiting one' })
      changed(row)
    },
    pause(id) {
      const row = find(id)
      if (row.state === 'running' && runners[row.kind]?.afterRestart !== 'continue') {
        throw new StudioError('not-supported', { detail: `A job of kind ${row.kind} cannot be paused while it runs` })
      }
      if (!rows.setPaused(id, true)) throw new StudioError('bad-input', { detail: `Job ${id} has ended` })
      lives.get(id)?.live.stop()
      changed(row)
    },
    resume(id) {
      const row = find(id)
      if (!rows.setPaused(id, false)) throw new StudioError('bad-input', { detail: `Job ${id} has ended` })
      changed(row)
      schedule()
    },
    dismiss(id) {
      const row = find(id)
      if (!rows.removeEnded(id)) throw new StudioError('bad-input', { detail: `Job ${id} has not ended` })
      changed(row)
    },
    whenEnded(id, { signal } = {}) {
      find(id)
      return waiters.wait(id, signal)
    },
    projectOpened(path, handle) {
      open.set(path, handle)
      recovery.takeProject(path)
      schedule()
    },
    async projectClosed(path) {
      open.delete(path)
      await stopAll((row) => row.projectPath === path)
    },
    async close() {
      closing = true
      clearInterval(timer)
      await stopAll(() => true)
      waiters.close()
      attempt(() => { for (const [id, outcome] of unsettled) rows.settle(id, owner, outcome) })
    },
  }
}

