import { StudioError, type FactId, type JobOutcomeView, type JobView, type StudioEvent } from '../../contract/index.js'
import type { JobRow, JobRows } from '../studio-db/index.js'
import { createEstimate } from './estimate.js'
import type { JobContext } from './types.js'

/** Progress events at most this often, milliseconds; words are kept at most this long in memory alone. */
const progressEveryMs = 100
const keepEveryMs = 500

/** The part of a running job that changes too often for a row: progress, words, previews. */
export interface LiveJob {
  readonly row: JobRow
  readonly context: JobContext
  readonly text: string | null
  readonly results: readonly FactId[]
  readonly remake: JobRow['remake']
  readonly outcome: JobOutcomeView | null
  /** What the call that asked for the job is answered with; undefined where the runner gave nothing. */
  readonly answer: unknown
  stop(): void
  /** Ends all reporting; what was pending is published. */
  end(): void
  overlay(): Pick<JobView, 'share' | 'step' | 'msLeft' | 'waits' | 'text' | 'previews'>
}

interface LiveOptions {
  readonly row: JobRow
  readonly owner: string
  readonly rows: JobRows
  readonly publish: (event: StudioEvent) => void
  readonly changed: () => void
  readonly now: () => number
}

export function createLiveJob({ row, owner, rows, publish, changed, now }: LiveOptions): LiveJob {
  const controller = new AbortController()
  const estimate = createEstimate()
  const previews = new Map<number, number>()
  const results = new Set(row.results)
  let share: number | null = null
  let step = ''
  let msLeft: number | null = null
  let waits: string | null = null
  let text: string | null = null
  let remake = row.remake
  let outcome = row.outcome
  let answer: unknown
  let sent = 0
  let newestPreview: { output: number; number: number } | undefined
  let dirty = false
  let unsaved = false
  let ended = false
  let sentAt = -Infinity
  let sendTimer: NodeJS.Timeout | null = null
  let keepTimer: NodeJS.Timeout | null = null

  function send(): void {
    if (sendTimer !== null) clearTimeout(sendTimer)
    sendTimer = null
    if (!dirty) return
    dirty = false
    sentAt = now()
    const delta = text?.slice(sent)
    publish({
      type: 'job.progressed', job: row.id, ...(row.item === null ? {} : { item: row.item }), share, step, msLeft,
      ...(delta ? { text: { from: sent, delta } } : {}),
      ...(newestPreview === undefined ? {} : { preview: newestPreview }),
    })
    sent = text?.length ?? 0
    newestPreview = undefined
  }

  function keep(): void {
    keepTimer = null
    if (!unsaved) return
    unsaved = false
    try {
      rows.keepProgress(row.id, owner, { text, share, step })
    } catch {
      // A full disk or a busy database must not end the work itself: the next turn tries again, and the end of the job keeps it all.
      unsaved = true
    }
  }

  function report(): void {
    dirty = unsaved = true
    const wait = sentAt + progressEveryMs - now()
    if (wait <= 0) send()
    else sendTimer ??= setTimeout(send, Math.min(wait, progressEveryMs))
    keepTimer ??= setTimeout(keep, keepEveryMs)
  }

  const context: JobContext = {
    signal: controller.signal,
    progress(newShare, newStep, left) {
      if (ended) return
      share = newShare === null || Number.isNaN(newShare) ? null : Math.min(1, Math.max(0, newShare))
      step = newStep
      msLeft = left ?? estimate.update(share, now())
      report()
    },
    text(delta) {
      if (ended || delta === '') return
      text = (text ?? '') + delta
      report()
    },
    preview(output, number) {
      if (ended) return
      previews.set(output, number)
      newestPreview = { output, number }
      report()
    },
    output(result) {
      if (ended || results.has(result)) return
      results.add(result)
      send()
      try {
        rows.addResult(row.id, result)
      } catch {
        // The project holds the output and its recipe names the job: a restart finds it there, and the end of the job writes the list again.
      }
      changed()
    },
    outcome(value) {
      if (ended) return
      outcome = value
      try {
        rows.keepOutcome(row.id, owner, value)
      } catch {
        // As with progress: the end of the job keeps it.
      }
    },
    answer(value) {
      if (!ended) answer = value
    },
    remade(result) {
      if (ended) return
      remake = result
      changed()
    },
    waits(reason) {
      if (ended || waits === reason) return
      waits = reason
      changed()
    },
  }

  return {
    row,
    context,
    get text() {
      return text
    },
    get remake() {
      return remake
    },
    get outcome() {
      return outcome
    },
    get answer() {
      return answer
    },
    get results() {
      return [...results]
    },
    stop: () => controller.abort(new StudioError('cancelled', {})),
    end() {
      if (ended) return
      send()
      ended = true
      if (keepTimer !== null) clearTimeout(keepTimer)
    },
    overlay: () => ({
      share, msLeft, waits, text,
      step: controller.signal.aborted ? 'stopping' : step,
      previews: [...previews].map(([output, number]) => ({ output, number })),
    }),
  }
}
