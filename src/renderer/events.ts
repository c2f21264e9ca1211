import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { NumberedEvent, StudioEvent, StudioEventType } from '../contract/index.js'
import { whileOpen, type Connection } from './connection/connection.js'

type EventOf<T extends StudioEventType> = Extract<StudioEvent, { type: T }>
/** `isFirst`: the stream begins with this one, which only says what number is current. */
type Listener = (numbered: NumberedEvent, isFirst: boolean) => void

const listeners = new Set<Listener>()
const runListeners = new Set<() => void>()
let run: string | null = null
let generation = 0

/** Hands every event on to whoever listens, in order. */
function deliver(numbered: NumberedEvent, isFirst: boolean): void {
  if (numbered.run !== run) {
    if (run !== null) generation += 1
    run = numbered.run
    for (const listener of [...runListeners]) listener()
  }
  for (const listener of [...listeners]) listener(numbered, isFirst)
}

/** Listens to all numbered events. Answers with a function that ends it. */
export function onStudioEvents(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls `handler` for each event of a type while the component is shown; the handler may change between calls. */
export function useStudioEvent<T extends StudioEventType>(type: T, handler: (event: EventOf<T>) => void): void {
  const handle = useEffectEvent(handler)
  useEffect(() => onStudioEvents(({ event }) => {
    if (event.type === type) handle(event as EventOf<T>)
  }), [type])
}

/** How often core was restarted since the page was opened; each restart makes handles of projects invalid. */
export function useCoreGeneration(): number {
  return useSyncExternalStore((listener) => {
    runListeners.add(listener)
    return () => runListeners.delete(listener)
  }, () => generation)
}

/** Subscribes to core's events over each channel that opens, again after a pause where a stream ends. */
export function followEvents(connection: Connection, subscribe: () => Promise<AsyncIterator<NumberedEvent>>): void {
  async function follow(): Promise<never> {
    for (;;) {
      try {
        const channel = await connection.channel()
        const stream = await subscribe()
        for (let isFirst = true; ; isFirst = false) {
          const next = await whileOpen(channel, stream.next())
          if (next.done) break
          deliver(next.value, isFirst)
        }
      } catch {
        // Nothing is lost by a broken stream: the next one begins with a number, and a gap makes everything stale.
      }
      await new Promise((resolve) => setTimeout(resolve, connection.current() ? 500 : 50))
    }
  }
  void follow()
}
