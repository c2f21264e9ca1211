import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AssetFile, AssetRequest, CoreOptions, FromCore, ToCore } from '../contract/index.js'
import { BackOff } from './back-off.js'
import type { SigningKey } from './signing-key.js'

/**
 * How Node is started for core. Reading a large project lets V8 double the space for new objects up to 128 MB, and it
 * gives none of it back; with 16 MB it collects more often, each time sooner.
 */
export const coreFlags: readonly string[] = ['--max-semi-space-size=8']

/** A process that was started to be core. `P` is what the platform hands over with a message. */
export interface CoreChild<P> {
  post(message: ToCore, ports?: readonly P[]): void
  onMessage(listener: (message: FromCore) => void): void
  onExit(listener: (reason: string) => void): void
  kill(): void
}

export interface CoreProcessOptions<P> {
  readonly options: CoreOptions
  readonly key: SigningKey
  start(): CoreChild<P>
  /** What only this shell understands: `data`, `spawn`, `engine-kill`. */
  onMessage(message: FromCore): void
  /** Core runs, for the first time or again: pages need new connections. */
  onStart(): void
  /** Core is gone without having been asked to go; it starts again after so many milliseconds. */
  onLost(reason: string, waitMs: number): void
}

/** Longest time, in milliseconds, that core gets to close its projects. */
const closeWithin = 5_000

/** Keeps core running: starts it, signs for it, and starts it again with back-off when it dies. */
export class CoreProcess<P = never> {
  private child: CoreChild<P> | null = null
  private readonly backOff = new BackOff()
  private readonly assets = new Map<number, (file: AssetFile | null) => void>()
  private lastAsset = 0
  private closing = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly pidFile: string

  constructor(private readonly given: CoreProcessOptions<P>) {
    this.pidFile = join(given.options.userData, 'core.pid')
  }

  start(): void {
    const child = this.given.start()
    const startedAt = Date.now()
    this.child = child
    child.onMessage((message) => { if (this.child === child) this.receive(child, message) })
    child.onExit((reason) => { if (this.child === child) this.lost(reason, Date.now() - startedAt) })
    child.post({ type: 'init', options: this.given.options })
    this.given.onStart()
  }

  /** Says something to core. False while core is down: then it is dropped, since a new core would know nothing of it anyway. */
  post(message: ToCore, ports?: readonly P[]): boolean {
    this.child?.post(message, ports)
    return this.child !== null
  }

  /** The file behind an address, or null where there is none or core is down. */
  asset(request: AssetRequest): Promise<AssetFile | null> {
    return new Promise((resolve) => {
      if (!this.child) return resolve(null)
      const id = ++this.lastAsset
      this.assets.set(id, resolve)
      this.child.post({ type: 'asset', id, request })
    })
  }

  /** Has core close its projects and end; kills it if that takes longer than five seconds. */
  async close(): Promise<void> {
    this.closing = true
    clearTimeout(this.timer)
    const child = this.child
    if (!child) return
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, closeWithin)
      const end = () => { clearTimeout(limit); resolve() }
      child.onExit(end)
      child.onMessage((message) => { if (message.type === 'closed') end() })
      child.post({ type: 'close' })
    })
    this.child = null
    child.kill()
    rmSync(this.pidFile, { force: true })
  }

  private receive(child: CoreChild<P>, message: FromCore): void {
    switch (message.type) {
      case 'ready':
        mkdirSync(this.given.options.userData, { recursive: true })
        return writeFileSync(this.pidFile, String(message.pid))
      case 'failed': return console.error(`Core could not start: ${message.detail}`)
      case 'asset':
        this.assets.get(message.id)?.(message.file)
        this.assets.delete(message.id)
        return
      case 'sign':
        try {
          return child.post({ type: 'signed', id: message.id, signature: this.given.key.sign(Buffer.from(message.bytes, 'base64')) })
        } catch (error) {
          return child.post({ type: 'sign-failed', id: message.id, detail: error instanceof Error ? error.message : String(error) })
        }
      case 'closed': return
      default: return this.given.onMessage(message)
    }
  }

  private lost(reason: string, ranForMs: number): void {
    this.child = null
    for (const resolve of this.assets.values()) resolve(null)
    this.assets.clear()
    rmSync(this.pidFile, { force: true })
    if (this.closing) return
    const wait = this.backOff.next(ranForMs)
    this.given.onLost(reason, wait)
    this.timer = setTimeout(() => this.start(), wait)
  }
}
