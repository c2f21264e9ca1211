import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CoreOptions, FromCore, ToCore } from '../contract/index.js'
import { BackOff } from './back-off.js'
import { CoreProcess, type CoreChild } from './core-process.js'

/** A process that does nothing by itself. */
function child() {
  const posted: ToCore[] = []
  const messages: ((message: FromCore) => void)[] = []
  const exits: ((reason: string) => void)[] = []
  const self: CoreChild<never> = {
    post: (message) => { posted.push(message) }, onMessage: (listener) => { messages.push(listener) }, onExit: (listener) => { exits.push(listener) }, kill: vi.fn(),
  }
  return { self, posted, say: (message: FromCore) => messages.forEach((listener) => listener(message)), exit: (reason: string) => exits.forEach((listener) => listener(reason)) }
}

function setUp() {
  const userData = mkdtempSync(join(tmpdir(), 'galley-core-'))
  const children: ReturnType<typeof child>[] = []
  const lost: number[] = []
  const passedOn: FromCore[] = []
  const process = new CoreProcess({
    options: { userData } as CoreOptions,
    key: { publicKey: 'key', sign: (bytes) => { if (bytes.length === 0) throw new Error('nothing to sign'); return `signed ${Buffer.from(bytes)}` } },
    start: () => { const next = child(); children.push(next); return next.self },
    onMessage: (message) => { passedOn.push(message) },
    onStart: () => {},
    onLost: (_reason, wait) => { lost.push(wait) },
  })
  process.start()
  return { process, children, lost, passedOn, pidFile: join(userData, 'core.pid') }
}

describe('watching core', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('waits longer with each crash, and starts anew after a minute of health', () => {
    const backOff = new BackOff()
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(() => backOff.next(10))).toEqual([0, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
    expect(backOff.next(61_000)).toBe(0)
  })

  it('starts core again when it dies, with the same options', () => {
    const { children, lost } = setUp()
    expect(children[0]!.posted[0]!.type).toBe('init')
    children[0]!.exit('SIGKILL')
    vi.advanceTimersByTime(0)
    children[1]!.exit('SIGKILL')
    expect(lost).toEqual([0, 500])
    expect(children).toHaveLength(2)
    vi.advanceTimersByTime(500)
    expect(children[2]!.posted[0]).toEqual(children[0]!.posted[0])
  })

  it('keeps the number of the process in a file as long as it runs', () => {
    const { children, pidFile } = setUp()
    children[0]!.say({ type: 'ready', pid: 4711 })
    expect(readFileSync(pidFile, 'utf8')).toBe('4711')
    children[0]!.exit('SIGKILL')
    expect(existsSync(pidFile)).toBe(false)
  })

  it('signs what core asks for, and says when it cannot', () => {
    const { children } = setUp()
    children[0]!.say({ type: 'sign', id: 7, bytes: Buffer.from('head').toString('base64') })
    children[0]!.say({ type: 'sign', id: 8, bytes: '' })
    expect(children[0]!.posted.slice(1)).toEqual([{ type: 'signed', id: 7, signature: 'signed head' }, { type: 'sign-failed', id: 8, detail: 'nothing to sign' }])
  })

  it('answers every question for a picture, even when core dies over it', async () => {
    const { process, children } = setUp()
    const request = { kind: 'preview', job: 'jobjobjob', output: 0 } as const
    const [first, second] = [process.asset(request), process.asset(request)]
    children[0]!.say({ type: 'asset', id: 1, file: { path: '/p', mediaType: 'image/png' } })
    children[0]!.exit('SIGKILL')
    expect(await first).toEqual({ path: '/p', mediaType: 'image/png' })
    expect(await second).toBeNull()
    expect(await process.asset(request)).toBeNull()
  })

  it('passes on what only the shell understands, and drops what it is told while core is down', () => {
    const { process, children, passedOn } = setUp()
    children[0]!.say({ type: 'data', connection: 1, data: 'x' })
    expect(passedOn).toEqual([{ type: 'data', connection: 1, data: 'x' }])
    expect(process.post({ type: 'connect', connection: 1 })).toBe(true)
    children[0]!.exit('SIGKILL')
    expect(process.post({ type: 'connect', connection: 2 })).toBe(false)
  })

  it('lets core close its projects, and does not start another', async () => {
    const { process, children } = setUp()
    const closed = process.close()
    expect(children[0]!.posted.at(-1)).toEqual({ type: 'close' })
    children[0]!.say({ type: 'closed' })
    await closed
    children[0]!.exit('exit code 0')
    vi.advanceTimersByTime(60_000)
    expect(children).toHaveLength(1)
  })

  it('ends a core that does not close within five seconds', async () => {
    const { process, children } = setUp()
    const closed = process.close()
    await vi.advanceTimersByTimeAsync(5_000)
    await closed
    expect(children[0]!.self.kill).toHaveBeenCalled()
  })
})
