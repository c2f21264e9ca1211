import type { EngineRole, FromEngine, ToEngine } from '../../contract/index.js'
import type { MessagePortLike } from './types.js'

type Answer = (message: Extract<ToEngine, { type: 'request' }>, engine: FakeEngine) => void

/** An engine process that exists only as a port: tests say how it answers, and when it dies. */
export class FakeEngine implements MessagePortLike {
  readonly received: ToEngine[] = []
  killed = false
  #messages: ((message: unknown) => void)[] = []
  #closes: ((reason: string) => void)[] = []

  constructor(readonly role: EngineRole, private readonly answer: Answer, ready = true) {
    if (ready) setImmediate(() => this.say({ type: 'ready', role, build: 'fake 1' }))
  }

  post(message: unknown): void {
    if (this.killed) return
    const parsed = message as ToEngine
    this.received.push(parsed)
    if (parsed.type === 'request') queueMicrotask(() => this.answer(parsed, this))
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#messages.push(listener)
  }

  onClose(listener: (reason: string) => void): void {
    this.#closes.push(listener)
  }

  kill(): void {
    this.die('it was ended')
  }

  say(message: FromEngine): void {
    if (!this.killed) for (const listener of this.#messages) listener(message)
  }

  die(reason: string): void {
    if (this.killed) return
    this.killed = true
    queueMicrotask(() => {
      for (const listener of this.#closes) listener(reason)
    })
  }

  has(type: ToEngine['type']): boolean {
    return this.received.some((message) => message.type === type)
  }
}

/** Answers `load` and `unload` as an engine would; what is said for the rest is up to the test. */
export function answering(residentBytes: number, rest: Answer = () => {}): Answer {
  return (message, engine) => {
    if (message.method === 'load') engine.say({ type: 'result', id: message.id, value: { residentBytes, contextSize: 4096, engine: 'fake 1' } })
    else if (message.method === 'unload') engine.say({ type: 'result', id: message.id, value: {} })
    else rest(message, engine)
  }
}
