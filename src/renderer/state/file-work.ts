import { client, isConnectionError } from '../studio.js'
import { createStore } from './store.js'
import type { NoticeAction } from './notice.js'

/** What a piece of work came to: a sentence, and what may be done with it. */
export interface WorkResult { readonly words: string; readonly actions?: readonly NoticeAction[] }

/** Work with files that this window began: it is a job of the queue, and stands where it was begun as well. */
export interface FileWork {
  readonly job: string
  readonly project: string
  /** What is being done, as a sentence without a full stop. */
  readonly words: string
  readonly startedAt: number
  readonly state: 'running' | 'done' | 'failed' | 'interrupted'
  /** The screen that began it shows how far it is. */
  readonly hasScreen: boolean
  readonly result?: WorkResult
  readonly error?: unknown
  /** Does it again after a failure. */
  readonly again?: () => void
  /** Asks for another place, where the place was the fault. */
  readonly elsewhere?: () => void
}

export const fileWork = createStore<readonly FileWork[]>([])

export const putAway = (job: string): void => fileWork.set((all) => all.filter((work) => work.job !== job))

interface NewWork<Answer> extends Pick<FileWork, 'project' | 'words' | 'again' | 'elsewhere'> {
  readonly hasScreen?: boolean
  readonly call: (job: string) => Promise<Answer>
  /** Null: it is told elsewhere. */
  readonly done: (answer: Answer) => WorkResult | null
  /** What to say when a person cancelled it. */
  readonly cancelled: string
}

/** Begins work under a name of its own, and keeps how it goes until it is put away. Answers with the name. */
export function beginWork<Answer>({ project, words, hasScreen = false, again, elsewhere, call, done, cancelled }: NewWork<Answer>): string {
  const job = crypto.randomUUID()
  const change = (next: Partial<FileWork>): void => fileWork.set((all) => all.map((work) => (work.job === job ? { ...work, ...next } : work)))
  // What came of earlier work was read by now.
  fileWork.set((all) => [...all.filter((work) => work.state !== 'done'), { job, project, words, hasScreen, startedAt: Date.now(), state: 'running', ...(again ? { again } : {}), ...(elsewhere ? { elsewhere } : {}) }])
  void untilAnswered(job, call).then(
    (answer) => {
      const result = done(answer)
      if (result) change({ state: 'done', result })
      else putAway(job)
    },
    (error: unknown) => {
      if (error instanceof Interrupted) change({ state: 'interrupted' })
      else if ((error as { code?: unknown } | null)?.code === 'cancelled') change({ state: 'done', result: { words: cancelled } })
      else change({ state: 'failed', error })
    },
  )
  return job
}

/** Core ended while it worked: nothing was left half done, and it may be tried again. */
class Interrupted extends Error {}

const lookEveryMs = 1000
/** How often a studio that does not answer is looked for before the connection's own error is told. */
const mostLooks = 60

/**
 * The answer of a call, also where the connection was lost meanwhile: the same call under the same name joins the job that runs. After a
 * restart of core the job itself says what became of it.
 */
export async function untilAnswered<Answer>(job: string, call: (job: string) => Promise<Answer>): Promise<Answer> {
  for (let looks = 0; ;) {
    try {
      if (looks > 0) {
        const state = await client.jobs.get({ job }).then(({ state: now }) => now, (error: unknown) => {
          if ((error as { code?: unknown } | null)?.code !== 'not-found') throw error
          return 'unknown' as const
        })
        if (state === 'interrupted') throw new Interrupted()
      }
      return await call(job)
    } catch (error) {
      if (!isConnectionError(error) || looks++ >= mostLooks) throw error
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
  }
}
