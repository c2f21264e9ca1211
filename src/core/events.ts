import { randomUUID } from 'node:crypto'
import type { NumberedEvent, StudioEvent } from '../contract/index.js'

/** Events numbered from 1 since core started, to any number of subscribers. */
export interface Events {
  /** Drawn at start; another run tells a page that core was restarted. */
  readonly run: string
  publish(event: StudioEvent): void
  /**
   * Events from this call on (not from the first `next`). The first message says at once which number is current, with
   * an event that does no harm. A subscriber that falls more than `buffer` behind loses what it had not read, and
   * notices by the numbers. Ends when the signal aborts.
   */
  subscribe(signal?: AbortSignal): AsyncIteratorObject<NumberedEvent, undefined, void> & AsyncIterable<NumberedEvent>
}

type Step = IteratorResult<NumberedEvent, undefined>

interface Subscriber {
  push(event: NumberedEvent): void
}

export function createEvents(options: { run?: string; buffer?: number } = {}): Events {
  const run = options.run ?? randomUUID()
  const buffer = options.buffer ?? 1000
  const subscribers = new Set<Subscriber>()
  let number = 1

  // Written by hand and not as a generator: a generator that nobody ever asked for a value does not run its `finally`,
  // and the subscription of a page that went away at once would stay for good.
  function subscribe(signal?: AbortSignal): ReturnType<Events['subscribe']> {
    let queue: NumberedEvent[] = [{ run, number, event: { type: 'engines.changed' } }]
    let waiting: ((step: Step) => void)[] = []
    let ended = false

    const subscriber: Subscriber = {
      push(event) {
        const next = waiting.shift()
        if (next !== undefined) return next({ done: false, value: event })
        if (queue.length >= buffer) queue = []
        queue.push(event)
      },
    }

    function end(): void {
      ended = true
      queue = []
      subscribers.delete(subscriber)
      signal?.removeEventListener('abort', end)
      for (const settle of waiting) settle({ done: true, value: undefined })
      waiting = []
    }

    if (signal?.aborted) end()
    else {
      signal?.addEventListener('abort', end)
      subscribers.add(subscriber)
    }

    const iterator: ReturnType<Events['subscribe']> = {
      next() {
        if (ended) return Promise.resolve({ done: true, value: undefined })
        const value = queue.shift()
        if (value !== undefined) return Promise.resolve({ done: false, value })
        return new Promise<Step>((resolve) => waiting.push(resolve))
      },
      return() {
        end()
        return Promise.resolve({ done: true, value: undefined })
      },
      [Symbol.asyncIterator]: () => iterator,
      async [Symbol.asyncDispose]() {
        end()
      },
    }
    return iterator
  }

  return {
    run,
    publish(event) {
      const numbered = { run, number: ++number, event }
      for (const subscriber of [...subscribers]) subscriber.push(numbered)
    },
    subscribe,
  }
}
