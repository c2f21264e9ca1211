import type { FactId } from '../../contract/index.js'
import type { JobOutcome, JobRow, JobRows } from '../studio-db/index.js'
import { isOrphan } from './owner.js'
import type { JobRunner, RunningJob, Runners } from './types.js'

const crashesAllowed = 3

/** What becomes of a job that stopped before it was done, because somebody asked for it or its core died (`crashed`). */
export function stoppedOutcome(row: JobRow, runner: JobRunner | undefined, crashed: boolean): Pick<JobOutcome, 'state' | 'crashed'> {
  if (row.cancelAsked) return { state: 'cancelled' }
  // Work that takes core down each time it is tried must not be tried at every start.
  if (runner?.afterRestart !== 'continue' || (crashed && row.crashes + 1 >= crashesAllowed)) return { state: 'interrupted', crashed }
  return { state: 'waiting', crashed }
}

interface RecoveryOptions {
  readonly rows: JobRows
  readonly runners: Runners
  readonly owner: string
  readonly now: () => number
  readonly describe: (row: JobRow) => RunningJob
  readonly changed: (row: JobRow) => void
}

/** Takes up jobs whose core is gone. */
export interface Recovery {
  takeOrphans(): void
  /** Jobs of a project that was just opened here: its lock says that no other core runs them, whatever their rows say. */
  takeProject(path: string): void
}

export function createRecovery({ rows, runners, owner, now, describe, changed }: RecoveryOptions): Recovery {
  function take(which: (row: JobRow) => boolean): void {
    for (const row of rows.all()) {
      if (row.state !== 'running' || row.owner === null || row.owner === owner || !which(row)) continue
      const runner = runners[row.kind]
      if (!rows.settle(row.id, row.owner, { ...stoppedOutcome(row, runner, true), at: now() })) continue
      changed(row)
      void runner?.leftBehind?.(describe(row)).catch(() => undefined)
    }
  }

  function resultsInProject(row: JobRow): readonly FactId[] {
    try {
      return runners[row.kind]?.made?.(describe(row)) ?? []
    } catch {
      // A project that cannot be asked must still open; the job stays interrupted, which a person can retry.
      return []
    }
  }

  return {
    takeOrphans: () => take((row) => isOrphan(row, owner, now())),
    takeProject(path) {
      take((row) => row.projectPath === path)
      for (const row of rows.all()) {
        if (row.projectPath !== path || row.state !== 'interrupted') continue
        const results = resultsInProject(row)
        if (results.length > 0 && rows.foundDone(row.id, results)) changed(row)
      }
    },
  }
}
