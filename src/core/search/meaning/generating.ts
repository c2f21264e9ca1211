import type { Events } from '../../events.js'
import type { Queue } from '../../jobs/index.js'

/** Whether a model writes or paints at the moment, which everything in the background makes way for. */
export interface Generating {
  now(): boolean
  /** Settles when no model works any more, or the signal is aborted. */
  over(signal: AbortSignal): Promise<void>
}

export function watchGenerating({ events, queue, signal }: { events: Events; queue: Queue; signal: AbortSignal }): Generating {
  const running = new Set<string>()
  const waiting = new Set<() => void>()

  function look(job: string): void {
    let isRunning = false
    try {
      const { kind, state } = queue.view(job)
      isRunning = state === 'running' && (kind === 'text' || kind === 'image')
    } catch {
      // A job that was dismissed is in no list any more.
    }
    if (isRunning) running.add(job)
    else running.delete(job)
    if (running.size === 0) for (const go of [...waiting]) go()
  }

  void (async () => {
    for await (const { event } of events.subscribe(signal)) if (event.type === 'job.changed') look(event.job)
  })()

  return {
    now: () => running.size > 0,
    over: (ending) => new Promise((resolve) => {
      const go = () => {
        waiting.delete(go)
        ending.removeEventListener('abort', go)
        resolve()
      }
      if (running.size === 0 || ending.aborted) return resolve()
      waiting.add(go)
      ending.addEventListener('abort', go, { once: true })
    }),
  }
}
