import { StudioError, type JobView } from '../../contract/index.js'
import { hasEnded } from './view.js'

/** Promises for the end of jobs. */
export interface Waiters {
  /** Settles with the view of the job when it has ended. Errors: `cancelled` when the signal aborts, the job is gone or the queue closes. */
  wait(id: string, signal?: AbortSignal): Promise<JobView>
  check(id: string): void
  checkAll(): void
  close(): void
}

interface Waiter { readonly check: () => void; readonly giveUp: () => void }

export function createWaiters(look: (id: string) => JobView | null): Waiters {
  const waiting = new Map<string, Set<Waiter>>()

  function each(id: string, action: (waiter: Waiter) => void): void {
    for (const waiter of [...(waiting.get(id) ?? [])]) action(waiter)
  }

  return {
    wait: (id, signal) =>
      new Promise((resolve, reject) => {
        const others = waiting.get(id) ?? new Set()
        const leave = (): void => {
          others.delete(waiter)
          if (others.size === 0 && waiting.get(id) === others) waiting.delete(id)
          signal?.removeEventListener('abort', giveUp)
        }
        const giveUp = (): void => {
          leave()
          reject(new StudioError('cancelled', {}))
        }
        const check = (): void => {
          let view: JobView | null
          try {
            view = look(id)
          } catch {
            // A database that is busy just now is looked at again at the next beat.
            return
          }
          if (view === null) return giveUp()
          if (!hasEnded(view.state)) return
          leave()
          resolve(view)
        }
        const waiter = { check, giveUp }
        waiting.set(id, others.add(waiter))
        if (signal?.aborted) return giveUp()
        signal?.addEventListener('abort', giveUp)
        check()
      }),
    check: (id) => each(id, (waiter) => waiter.check()),
    checkAll: () => { for (const id of [...waiting.keys()]) each(id, (waiter) => waiter.check()) },
    close: () => { for (const id of [...waiting.keys()]) each(id, (waiter) => waiter.giveUp()) },
  }
}
