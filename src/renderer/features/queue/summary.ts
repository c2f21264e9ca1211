import type { JobView } from '../../../contract/index.js'
import { quietMs } from '../../state/quiet.js'

export interface QueueSummary {
  readonly running: number
  readonly waiting: number
  /** Failed or interrupted: a person should look. */
  readonly stopped: number
  /** Milliseconds until everything that runs is done; null where one of them does not know. */
  readonly msLeft: number | null
}

export function summarise(jobs: readonly JobView[]): QueueSummary {
  const running = jobs.filter((job) => job.state === 'running')
  const known = running.every((job) => job.msLeft !== null)
  return {
    running: running.length,
    waiting: jobs.filter((job) => job.state === 'waiting').length,
    stopped: jobs.filter((job) => job.state === 'failed' || job.state === 'interrupted').length,
    msLeft: running.length > 0 && known ? running.reduce((most, job) => Math.max(most, job.msLeft ?? 0), 0) : null,
  }
}

const ofFiles: ReadonlySet<JobView['kind']> = new Set(['import', 'export', 'copy', 'merge'])

/** Until when a job is not shown, as an instant: work with files that is still going on is not told of within its first moment. */
export function quietUntil(job: JobView): number {
  const isActive = job.state === 'running' || job.state === 'waiting'
  return isActive && ofFiles.has(job.kind) ? job.createdAt + quietMs : 0
}

const states: Record<JobView['state'], number> = { running: 0, waiting: 1, interrupted: 2, failed: 2, done: 3, cancelled: 3 }

/** What runs, what waits in its order, what needs a person, then what has ended, newest first. */
export function inOrder(jobs: readonly JobView[]): readonly JobView[] {
  return jobs.map((job, index) => ({ job, index })).sort((a, b) => {
    const rank = states[a.job.state] - states[b.job.state]
    if (rank !== 0) return rank
    return states[a.job.state] === 3 ? (b.job.endedAt ?? 0) - (a.job.endedAt ?? 0) || a.index - b.index : a.index - b.index
  }).map(({ job }) => job)
}

/** The waiting job before which a dropped one goes; null is the end. Undefined: it stays where it is. */
export function placeInQueue(jobs: readonly JobView[], moved: string, target: string, position: 'before' | 'after'): string | null | undefined {
  const waiting = jobs.filter((job) => job.state === 'waiting')
  const others = waiting.filter((job) => job.id !== moved)
  const index = others.findIndex((job) => job.id === target)
  if (index === -1) return undefined
  const at = position === 'before' ? index : index + 1
  if (waiting.findIndex((job) => job.id === moved) === at) return undefined
  return others[at]?.id ?? null
}
