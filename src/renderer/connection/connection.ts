import type { ClientLink } from '@orpc/client'
import { ConnectionLost, NotConnected } from './lost.js'

export type PlainLink = ClientLink<Record<never, never>>

/** One way to core, from when it opened until it was lost. */
export interface Channel {
  readonly link: PlainLink
  /** Functions that are called once when this channel is lost. */
  readonly onLost: Set<() => void>
  readonly isLost: () => boolean
}

/** `connecting`: no channel yet since the page was opened; `lost`: there was one. */
export type ConnectionState = 'connecting' | 'open' | 'lost'

export interface Connection {
  state(): ConnectionState
  subscribe(listener: () => void): () => void
  /** Puts a new channel in place of the one before, and answers with a function that says it is lost. */
  use(link: PlainLink): () => void
  /** The open channel; waits for one, at most `patience` milliseconds. Errors: `NotConnected`, or the signal's reason. */
  channel(signal?: AbortSignal): Promise<Channel>
  /** The open channel or null, without waiting. */
  current(): Channel | null
}

/**
 * Keeps the one channel to core and what waits for it.
 * @param patience how long a call made while there is no channel waits for one, in milliseconds
 */
export function createConnection(patience = 10_000): Connection {
  let state: ConnectionState = 'connecting'
  let channel: Channel | null = null
  let loseCurrent: (() => void) | null = null
  const listeners = new Set<() => void>()
  const waiting = new Set<(channel: Channel) => void>()

  function tell(next: ConnectionState): void {
    if (next === state) return
    state = next
    for (const listener of [...listeners]) listener()
  }

  function use(link: PlainLink): () => void {
    let lost = false
    const own: Channel = { link, onLost: new Set(), isLost: () => lost }
    const lose = (): void => {
      if (lost) return
      lost = true
      if (channel === own) channel = null
      const reactions = [...own.onLost]
      own.onLost.clear()
      for (const react of reactions) react()
      if (channel === null) tell('lost')
    }
    // The one before may have gone without anybody noticing; what was on its way there will never be answered.
    loseCurrent?.()
    loseCurrent = lose
    channel = own
    for (const start of [...waiting]) start(own)
    tell('open')
    return lose
  }

  function wait(signal?: AbortSignal): Promise<Channel> {
    if (channel) return Promise.resolve(channel)
    if (signal?.aborted) return Promise.reject(signal.reason)
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer)
        waiting.delete(start)
        signal?.removeEventListener('abort', abort)
      }
      const start = (opened: Channel): void => {
        finish()
        resolve(opened)
      }
      const abort = (): void => {
        finish()
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        finish()
        reject(new NotConnected())
      }, patience)
      waiting.add(start)
      signal?.addEventListener('abort', abort)
    })
  }

  return {
    state: () => state,
    current: () => channel,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    use,
    channel: wait,
  }
}

/** Settles with `work`, or rejects with `ConnectionLost` as soon as its channel is lost. */
export function whileOpen<T>(channel: Channel, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const lose = (): void => reject(new ConnectionLost())
    if (channel.isLost()) return lose()
    channel.onLost.add(lose)
    work.then(resolve, reject).finally(() => channel.onLost.delete(lose))
  })
}
