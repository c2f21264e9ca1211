import type { FactId, JobOutcomeView, JobView } from '../../contract/index.js'
import type { JobKind } from '../studio-db/index.js'

/**
 * Jobs of one lane run one after the other; lanes run beside each other. `files`: what goes in and out of a project; `merge`: what
 * changes all of it, and must not wait for an export; `io`: downloads.
 */
export type Lane = 'text' | 'image' | 'io' | 'files' | 'merge'

/** What a runner is told of its job. */
export interface RunningJob {
  readonly id: string
  readonly kind: JobKind
  readonly title: string
  readonly projectPath: string | null
  /** Handle of the open project; null for what is this computer's. */
  readonly project: string | null
  readonly item: FactId | null
  readonly params: unknown
  /** How many outputs were asked for. */
  readonly wanted: number
  /** Outputs that were reported before a restart or pause. What the project itself holds for the job id decides, not this. */
  readonly results: readonly FactId[]
  /** What was said of it before a restart or pause. */
  readonly outcome: JobOutcomeView | null
  readonly createdAt: number
}

/** How a runner reports. Calls after the job ended are ignored; none of them throws. */
export interface JobContext {
  /** Aborts when the job is cancelled or paused, its project is closed, or core ends. */
  readonly signal: AbortSignal
  /** `share` 0–1, null while unknown; `step` is a message id; without `msLeft` the time left is estimated from the shares. */
  progress(share: number | null, step: string, msLeft?: number): void
  /** Words that came since the last call. */
  text(delta: string): void
  preview(output: number, number: number): void
  /** A fact that the project now holds. Reporting one twice is harmless. */
  output(result: FactId): void
  /** What it came to so far, for whoever looks at the queue, also after a restart. */
  outcome(value: JobOutcomeView): void
  /** Answers the call that asked for the job and waits (`Queue.ask`). Kept in memory alone. */
  answer(value: unknown): void
  /** How making a picture again came out; the job's view says it from then on. */
  remade(result: NonNullable<JobView['remake']>): void
  /** Why it stands still, as a message id such as `waits-memory`; null: it goes on. */
  waits(reason: string | null): void
}

export interface JobRunner {
  readonly lane: Lane
  /**
   * What becomes of a running job when core ends: `continue` puts it back into the queue, and `run` makes the outputs
   * that the project does not hold; `interrupt` ends it with its words so far. Only the first kind can be paused while it runs.
   */
  readonly afterRestart: 'continue' | 'interrupt'
  /**
   * Does the work. Returning means done, also after an abort (what was stopped early but kept is done); throwing after
   * an abort means cancelled, paused or interrupted; throwing otherwise means failed with that error.
   */
  run(job: RunningJob, context: JobContext): Promise<void>
  /**
   * What the project holds of an interrupted job. A core that died after the project was written and before the queue
   * was leaves a job that looks interrupted and is not: with these results it becomes done.
   */
  made?(job: RunningJob): readonly FactId[]
  /** Takes away what a core that died left half done; the job itself is interrupted or runs again after this. Never throws. */
  leftBehind?(job: RunningJob): Promise<void>
  /** The parameters for doing again what an ended job did not do. Without it, all of it is done again. */
  again?(job: RunningJob): unknown
}

export type Runners = Partial<Record<JobKind, JobRunner>>

export interface NewJob {
  /** Drawn by whoever asks; a job that there is already is not made again. */
  readonly id?: string
  readonly kind: JobKind
  readonly title: string
  readonly detail?: string
  /** Real path of the project, null for what is this computer's. */
  readonly projectPath: string | null
  readonly item?: FactId | null
  /** Anything that is JSON; it must hold all that `run` needs, such as the seed. */
  readonly params: unknown
  /** Outputs asked for, from 1. */
  readonly wanted?: number
}

/** All calls that change something are on disk when they return. Errors: `not-found`, `bad-input`, `not-supported`. */
export interface Queue {
  enqueue(job: NewJob): string
  /**
   * Puts a job into the queue and settles with what its runner answers once it has ended. A runner that answers before it is
   * cancelled has answered. Errors: the job's own, `cancelled`.
   */
  ask<Answer>(job: NewJob): Promise<Answer>
  views(options?: { projectPath?: string }): JobView[]
  view(id: string): JobView
  /** A waiting job ends at once, a running one when its runner has stopped. An ended one stays as it is. */
  cancel(id: string): void
  /** Puts the same work into the queue again, with the same parameters, as a new job. */
  retry(id: string): string
  /** Moves a waiting job before another waiting one, null: to the end. */
  move(id: string, before: string | null): void
  pause(id: string): void
  resume(id: string): void
  /** Takes an ended job off the list. */
  dismiss(id: string): void
  /** Settles with the view of the job when it has ended. */
  whenEnded(id: string, options?: { signal?: AbortSignal }): Promise<JobView>
  projectOpened(path: string, handle: string): void
  /** Stops the project's jobs and settles when none of them writes any more (or after ten seconds): only then may the file be closed. */
  projectClosed(path: string): Promise<void>
  /** Stops all jobs as at the end of core. Call before the project files and `studio.db` are closed. */
  close(): Promise<void>
}
