import { engines, fromEngine, fromErrorRecord, StudioError, type EngineRole, type ToEngine } from '../../contract/index.js'
import type { MessagePortLike } from './types.js'

export interface Timing {
  /** How long a process may take to say that it is ready. */
  readonly readyMs: number
  /** How long a cancelled request may go on before its process is ended. */
  readonly cancelMs: number
  /** How often a busy process is asked whether it still answers, and how long it may stay silent. */
  readonly pingMs: number
  readonly silenceMs: number
}

export interface RawCallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (value: unknown) => void
}

interface Waiting {
  readonly method: string
  readonly options: RawCallOptions
  resolve(value: unknown): void
  reject(error: StudioError): void
}

/**
 * One process of a role and the requests that it is working on. When the process is gone all of them fail with
 * `engine-lost`, and the connection is of no more use.
 */
export class Connection {
  /** Resolves to the build of the engine; rejects with `engine-lost` where the process never comes that far. */
  readonly ready: Promise<string>
  #rejectReady: (error: StudioError) => void
  #waiting = new Map<number, Waiting>()
  #nextId = 1
  #lastSign = performance.now()
  #watch: NodeJS.Timeout
  #gone: string | null = null

  constructor(
    private readonly role: EngineRole,
    private readonly port: MessagePortLike,
    private readonly timing: Timing,
    private readonly onGone: (reason: string) => void,
  ) {
    const ready = Promise.withResolvers<string>()
    this.ready = ready.promise
    this.#rejectReady = ready.reject
    const late = setTimeout(() => this.#end(`it was not ready within ${timing.readyMs / 1000} s`), timing.readyMs)
    this.ready.then(() => clearTimeout(late), () => clearTimeout(late))
    port.onMessage((raw) => this.#receive(raw, ready.resolve))
    port.onClose((reason) => this.#lose(reason))
    this.#watch = setInterval(() => this.#askForSign(), timing.pingMs)
    this.#watch.unref()
  }

  get busy(): boolean {
    return this.#waiting.size > 0
  }

  call(method: string, params: unknown, options: RawCallOptions): Promise<unknown> {
    if (this.#gone !== null) return Promise.reject(new StudioError('engine-lost', { role: this.role, detail: this.#gone }))
    const id = this.#nextId++
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    let patience: NodeJS.Timeout | undefined
    const cancel = () => {
      this.#post({ type: 'cancel', id })
      // Whoever cancelled has waited long enough; a fresh process is better than one that does not listen.
      patience = setTimeout(() => {
        this.#take(id)?.reject(new StudioError('cancelled', {}))
        this.#end(`it did not stop within ${this.timing.cancelMs / 1000} s`)
      }, this.timing.cancelMs)
    }
    const settle = () => {
      clearTimeout(patience)
      options.signal?.removeEventListener('abort', cancel)
    }
    if (this.#waiting.size === 0) this.#lastSign = performance.now()
    this.#waiting.set(id, { method, options, resolve, reject })
    this.#post({ type: 'request', id, method, params })
    if (options.signal?.aborted) cancel()
    else options.signal?.addEventListener('abort', cancel, { once: true })
    return promise.finally(settle)
  }

  /** Ends the process; requests that are under way fail with `engine-lost`. */
  close(reason: string): void {
    this.#end(reason)
  }

  #post(message: ToEngine): void {
    this.port.post(message)
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }

  #receive(raw: unknown, becomeReady: (build: string) => void): void {
    this.#lastSign = performance.now()
    const parsed = fromEngine.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    switch (message.type) {
      case 'ready':
        becomeReady(message.build)
        return
      case 'progress': {
        const waiting = this.#waiting.get(message.id)
        if (!waiting?.options.onProgress) return
        const value = this.#schema(waiting.method).progress.safeParse(message.value)
        if (value.success) waiting.options.onProgress(value.data)
        return
      }
      case 'result': {
        const waiting = this.#take(message.id)
        if (!waiting) return
        const value = this.#schema(waiting.method).result.safeParse(message.value)
        if (value.success) waiting.resolve(value.data)
        else waiting.reject(new StudioError('bad-output', { detail: `${this.role} engine, ${waiting.method}: ${value.error.message}` }))
        return
      }
      case 'error':
        this.#take(message.id)?.reject(fromErrorRecord(message.error))
        return
      case 'pong':
    }
  }

  #schema(method: string): { result: Schema; progress: Schema } {
    return (engines[this.role] as Record<string, { result: Schema; progress: Schema }>)[method]!
  }

  #askForSign(): void {
    if (!this.busy) return
    if (performance.now() - this.#lastSign > this.timing.silenceMs) this.#end(`it did not answer for ${this.timing.silenceMs / 1000} s`)
    else this.#post({ type: 'ping', id: 0 })
  }

  #end(reason: string): void {
    this.#lose(reason)
    this.port.kill()
  }

  #lose(reason: string): void {
    if (this.#gone !== null) return
    this.#gone = reason
    clearInterval(this.#watch)
    const lost = new StudioError('engine-lost', { role: this.role, detail: reason })
    this.#rejectReady(lost)
    for (const waiting of this.#waiting.values()) waiting.reject(lost)
    this.#waiting.clear()
    this.onGone(reason)
  }
}

interface Schema { safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: Error } }
