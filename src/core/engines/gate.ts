import { StudioError } from '../../contract/index.js'

/** Lets one piece of work through at a time, in the order of asking. */
export interface Gate {
  readonly free: boolean
  /** Errors: those of the work, and `cancelled` where the signal is aborted before its turn. */
  pass<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

export function createGate(): Gate {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    get free() {
      return waiting === 0
    },
    pass<T>(work: () => Promise<T>, signal?: AbortSignal) {
      waiting++
      return new Promise<T>((resolve, reject) => {
        const cancel = () => reject(new StudioError('cancelled', {}))
        signal?.addEventListener('abort', cancel, { once: true })
        last = last.then(async () => {
          // From here on the work itself answers the signal.
          signal?.removeEventListener('abort', cancel)
          try {
            if (signal?.aborted) cancel()
            else resolve(await work())
          } catch (error) {
            reject(error)
          } finally {
            waiting--
          }
        })
      })
    },
  }
}
