import { toErrorRecord } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { JobOutcome, JobRow, JobRows } from '../studio-db/index.js'
import { createLiveJob, type LiveJob } from './live-job.js'
import { leaseMs } from './owner.js'
import { stoppedOutcome } from './recovery.js'
import type { JobRunner, Lane, RunningJob, Runners } from './types.js'

interface DispatcherOptions {
  readonly rows: JobRows
  readonly owner: string
  readonly runners: Runners
  readonly publish: Events['publish']
  /** Whether this core may run the job now, as far as projects and asking go. */
  readonly mayTake: (row: JobRow) => boolean
  readonly describe: (row: JobRow) => RunningJob
  readonly changed: (row: JobRow) => void
  /** Hears what a runner answered, before the job ends. */
  readonly answered: (id: string, answer: unknown) => void
  readonly now: () => number
  readonly graceMs: number
}

/** Takes waiting jobs, one for each lane, and sees them through to their end. */
export interface Dispatcher {
  /** Looks for work soon. */
  schedule(): void
  live(id: string): LiveJob | null
  /** Says that our jobs live, hears what other cores asked of them, and writes ends that could not be written. */
  beat(): void
  /** Stops jobs and settles when they have ended, or when the time of grace is over. */
  stopWhere(which: (row: JobRow) => boolean): Promise<void>
  /** Takes nothing any more, and stops what runs. */
  close(): Promise<void>
}

export function createDispatcher({ rows, owner, runners, publish, mayTake, describe, changed, answered, now, graceMs }: DispatcherOptions): Dispatcher {
  const lives = new Map<string, { live: LiveJob; done: Promise<void> }>()
  const busy = new Set<Lane>()
  const unsettled = new Map<string, JobOutcome>()
  let closing = false
  let pumping = false

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
    if (live.answer !== undefined) answered(row.id, live.answer)
    lives.delete(row.id)
    busy.delete(runner.lane)
    settle(row, { ...outcome, text: live.text, results: live.results, remake: live.remake, outcome: live.outcome, at: now() })
    schedule()
  }

  function pump(): void {
    pumping = false
    if (closing) return
    for (const row of rows.all()) {
      const runner = runners[row.kind]
      if (row.state !== 'waiting' || row.paused || runner === undefined || busy.has(runner.lane)) continue
      if (!mayTake(row)) continue
      if (!rows.claim(row.id, owner, now(), now() + leaseMs)) continue
      const live = createLiveJob({ row, owner, rows, publish, changed: () => changed(row), now })
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
    setImmediate(() => {
      try {
        pump()
      } catch {
        // A database that is busy or full is asked again at the next beat.
        pumping = false
      }
    })
  }

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
  }

  async function stopWhere(which: (row: JobRow) => boolean): Promise<void> {
    const stopped = [...lives.values()].filter(({ live }) => which(live.row))
    for (const { live } of stopped) live.stop()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)))
    await Promise.race([Promise.all(stopped.map(({ done }) => done)), late])
    clearTimeout(timer)
  }

  return {
    schedule, beat, stopWhere,
    live: (id) => lives.get(id)?.live ?? null,
    async close() {
      closing = true
      await stopWhere(() => true)
      for (const [id, outcome] of unsettled) {
        try {
          rows.settle(id, owner, outcome)
        } catch {
          // The row still says "running"; the next core finds that we are gone.
        }
      }
    },
  }
}
