import { randomUUID } from 'node:crypto'
import { fromErrorRecord, StudioError, type JobView } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { JobRow, StudioDb } from '../studio-db/index.js'
import { createDispatcher } from './dispatcher.js'
import { ownerName } from './owner.js'
import { createRecovery } from './recovery.js'
import type { NewJob, Queue, RunningJob, Runners } from './types.js'
import { hasEnded, viewOf } from './view.js'
import { createWaiters } from './waiters.js'

const beatMs = 3000
const answersKeptMs = 60_000
const endedKeptMs = 90 * 24 * 3_600_000

export interface QueueOptions {
  readonly db: Pick<StudioDb, 'jobs'>
  readonly events: Pick<Events, 'publish' | 'run'>
  readonly runners: Runners
  readonly now?: () => number
  /**
   * `own`: runs only what was asked for through this queue. For a core that lives as long as one command: it would begin
   * what others left waiting and stop it again when the command is done.
   */
  readonly takes?: 'all' | 'own'
  /** How long closing waits for a runner that does not heed its signal, milliseconds. */
  readonly graceMs?: number
}

/**
 * The queue. Rows in `studio.db` are the truth; memory holds only what a running job reports. Several cores may share
 * the rows: each takes jobs by a claim that one of them wins, runs a project's jobs only while it has that project
 * open, and the others under a lease.
 */
export function createQueue({ db, events, runners, now = Date.now, takes = 'all', graceMs = 10_000 }: QueueOptions): Queue {
  const rows = db.jobs
  const owner = ownerName(events.run)
  const open = new Map<string, string>()
  const asked = new Set<string>()
  const answers = new Map<string, unknown>()
  const waiters = createWaiters((id) => {
    const row = rows.get(id)
    return row === null ? null : view(row)
  })

  function changed(row: Pick<JobRow, 'id' | 'item'>): void {
    events.publish({ type: 'job.changed', job: row.id, ...(row.item === null ? {} : { item: row.item }) })
    waiters.check(row.id)
  }

  const mayTake = (row: JobRow): boolean => (row.projectPath === null || open.has(row.projectPath)) && (takes === 'all' || asked.has(row.id))
  const recovery = createRecovery({ rows, runners, owner, now, describe, changed })
  const dispatcher = createDispatcher({ rows, owner, runners, publish: events.publish, mayTake, describe, changed, now, graceMs,
    answered: (id, answer) => { if (answers.has(id)) answers.set(id, answer) },
  })
  const { schedule } = dispatcher

  function find(id: string): JobRow {
    const row = rows.get(id)
    if (row === null) throw new StudioError('not-found', { what: 'job', id })
    return row
  }

  const view = (row: JobRow): JobView => viewOf(row, { live: dispatcher.live(row.id), handle: row.projectPath === null ? null : (open.get(row.projectPath) ?? null) })

  function describe(row: JobRow): RunningJob {
    const { id, kind, title, projectPath, item, wanted, results, outcome, createdAt } = row
    return { id, kind, title, projectPath, item, wanted, results, outcome, createdAt, params: rows.params(id), project: projectPath === null ? null : (open.get(projectPath) ?? null) }
  }

  function beat(): void {
    try {
      dispatcher.beat()
      recovery.takeOrphans()
      waiters.checkAll()
    } catch {
      // A database that is busy or full must not end core; the next beat comes.
    }
    schedule()
  }

  function add(job: NewJob, retryOf: string | null): string {
    const id = job.id ?? randomUUID()
    if (job.id !== undefined && rows.get(id) !== null) return id
    const { kind, title, detail = '', projectPath, item = null, params, wanted = 1 } = job
    rows.insert({ id, kind, title, detail, projectPath, item, params, wanted, createdAt: now(), retryOf })
    asked.add(id)
    changed({ id, item })
    schedule()
    return id
  }

  rows.thin(now() - endedKeptMs)
  recovery.takeOrphans()
  const timer = setInterval(beat, beatMs)
  timer.unref()
  schedule()

  return {
    enqueue: (job) => add(job, null),
    async ask<Answer>(job: NewJob) {
      const id = add(job, null)
      if (!answers.has(id)) answers.set(id, undefined)
      try {
        const ended = await waiters.wait(id)
        const answer = answers.get(id)
        if (answer !== undefined) return answer as Answer
        throw ended.error === null ? new StudioError('cancelled', {}) : fromErrorRecord(ended.error)
      } finally {
        // A call that is sent again after a lost connection is answered as the first one was.
        setTimeout(() => answers.delete(id), answersKeptMs).unref()
      }
    },
    views: ({ projectPath } = {}) => rows.all().filter((row) => projectPath === undefined || row.projectPath === projectPath).map(view),
    view: (id) => view(find(id)),
    cancel(id) {
      const row = find(id)
      if (!rows.cancelWaiting(id, now()) && !rows.askCancel(id)) return
      dispatcher.live(id)?.stop()
      changed(row)
      schedule()
    },
    retry(id) {
      const row = find(id)
      if (!hasEnded(row.state)) throw new StudioError('bad-input', { detail: `Job ${id} has not ended` })
      const { id: _old, ...same } = row
      return add({ ...same, params: runners[row.kind]?.again?.(describe(row)) ?? rows.params(id) }, id)
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
      dispatcher.live(id)?.stop()
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
      await dispatcher.stopWhere((row) => row.projectPath === path)
    },
    async close() {
      clearInterval(timer)
      await dispatcher.close()
      waiters.close()
    },
  }
}
