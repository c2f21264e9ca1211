import { setTimeout as sleep } from 'node:timers/promises'
import { StudioError, type EngineRole, type EngineState } from '../../contract/index.js'
import { Connection, type RawCallOptions, type Timing } from './connection.js'
import type { SpawnEngine } from './types.js'

export interface Patience extends Timing {
  /** Pauses before a restart, by how many times in a row the process was lost. */
  readonly backOffMs: readonly number[]
  /** After this many losses without one finished request in between nothing is started any more … */
  readonly crashLimit: number
  /** … until this much time has passed; then one more try is made when somebody asks. */
  readonly coolDownMs: number
}

export const defaultPatience: Patience = {
  readyMs: 30_000, cancelMs: 5000, pingMs: 10_000, silenceMs: 120_000, backOffMs: [0, 200, 1000, 4000], crashLimit: 4, coolDownMs: 60_000,
}

/** Keeps the process of one role alive: starts it when first asked for, restarts it when lost, stops after a crash loop. */
export class Supervisor {
  state: Exclude<EngineState['state'], 'busy'> = 'stopped'
  detail: string | null = null
  #connection: Connection | null = null
  #starting: Promise<Connection> | null = null
  #losses = 0
  #failedAt = 0
  #closed = false

  constructor(
    readonly role: EngineRole,
    private readonly spawn: SpawnEngine,
    private readonly patience: Patience,
    private readonly hooks: { onChange(): void; onLost(): void },
  ) {}

  /** Errors: `engine-lost` while it works, `engine-unavailable` after a crash loop, `cancelled`, and the engine's own. */
  async call(method: string, params: unknown, options: RawCallOptions): Promise<unknown> {
    const connection = this.#connection ?? (await orCancelled(this.#start(), options.signal))
    try {
      const value = await connection.call(method, params, options)
      this.#losses = 0
      return value
    } catch (error) {
      // An engine that answers with an error of its own is alive.
      if (error instanceof StudioError && error.code !== 'engine-lost' && this.#connection === connection) this.#losses = 0
      throw error
    }
  }

  /** True where a process is there to be asked without starting one. */
  get running(): boolean {
    return this.#connection !== null
  }

  close(): void {
    this.#closed = true
    this.#connection?.close('the studio closes it')
    this.#become('stopped', null)
  }

  #start(): Promise<Connection> {
    if (this.#closed) return Promise.reject(this.#unavailable('the studio is closing'))
    if (this.state === 'failed') {
      if (performance.now() - this.#failedAt < this.patience.coolDownMs) return Promise.reject(this.#unavailable(this.detail ?? ''))
      this.#losses = this.patience.crashLimit - 1
    }
    if (!this.#starting) {
      const starting = this.#startUntilReady()
      this.#starting = starting
      const done = () => {
        if (this.#starting === starting) this.#starting = null
      }
      starting.then(done, done)
    }
    return this.#starting
  }

  async #startUntilReady(): Promise<Connection> {
    while (true) {
      if (this.#closed) throw this.#unavailable('the studio is closing')
      if (this.#losses >= this.patience.crashLimit) {
        this.#failedAt = performance.now()
        this.#become('failed', this.detail)
        throw this.#unavailable(this.detail ?? '')
      }
      this.#become(this.#losses > 0 ? 'restarting' : 'starting', this.detail)
      const pause = this.patience.backOffMs[Math.min(this.#losses, this.patience.backOffMs.length - 1)] ?? 0
      if (pause > 0) await sleep(pause)
      try {
        const connection = await this.#open()
        this.#become('ready', null)
        return connection
      } catch (error) {
        if (this.#closed) continue
        this.#losses++
        this.detail = error instanceof StudioError && error.code === 'engine-lost' ? String((error.data as { detail: string }).detail) : String(error)
      }
    }
  }

  async #open(): Promise<Connection> {
    const spawned = this.spawn(this.role)
    const late = new AbortController()
    const port = await Promise.race([spawned, sleep(this.patience.readyMs, null, { signal: late.signal }).catch(() => null)]).finally(() => late.abort())
    if (!port || this.#closed) {
      // A process that comes after all is not left behind.
      spawned.then((orphan) => orphan.kill(), () => {})
      throw new Error(port ? 'the studio is closing' : 'it did not start')
    }
    const connection: Connection = new Connection(this.role, port, this.patience, (reason) => {
      if (this.#connection === connection) this.#onLost(reason)
    })
    await connection.ready
    this.#connection = connection
    return connection
  }

  #onLost(reason: string): void {
    this.#connection = null
    this.hooks.onLost()
    if (this.#closed) return
    this.#losses++
    this.#become('restarting', reason)
    // It is started again at once, so that whoever comes next need not wait; nobody waits for this promise.
    this.#start().catch(() => {})
  }

  #become(state: Supervisor['state'], detail: string | null): void {
    if (this.#closed && state !== 'stopped') return
    this.state = state
    this.detail = detail
    this.hooks.onChange()
  }

  #unavailable(detail: string): StudioError {
    return new StudioError('engine-unavailable', { role: this.role, detail })
  }
}

/** The promise, or `cancelled` as soon as the signal says so. */
async function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await promise
  const aborted = Promise.withResolvers<never>()
  const cancel = () => aborted.reject(new StudioError('cancelled', {}))
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', cancel)
    aborted.promise.catch(() => {})
    promise.catch(() => {})
  }
}
