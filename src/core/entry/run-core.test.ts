import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { implement, type Router } from '@orpc/server'
import { describe, expect, it, vi } from 'vitest'
import { contract, type CoreOptions, type FromCore, type StudioContract, type ToCore } from '../../contract/index.js'
import type { StudioOptions } from '../index.js'
import type { Channel, TransferredPort } from './channel.js'
import { runCore } from './run-core.js'
import type { CreateStudio } from './types.js'

const options = { userData: '/u', cacheDir: '/c', resources: '/r', engines: '/e', shell: 'test', version: '1.2.3', publicKey: 'key', keyStore: 'none' } satisfies CoreOptions

/** Answers `system.about`; `opening` holds its start back. */
function standIn(opening: Promise<void> = Promise.resolve()) {
  const given: StudioOptions[] = []
  const close = vi.fn(async () => {})
  const create: CreateStudio = async (studioOptions) => {
    given.push(studioOptions)
    await opening
    const about = implement(contract.system).about.handler(() => ({ version: studioOptions.version, shell: studioOptions.shell, platform: 'p', run: 'r', keyStore: 'none' as const }))
    return {
      router: { system: { about } } as Router<any, Record<never, never>>,
      asset: async (request) => (request.kind === 'preview' ? { path: '/preview.webp', mediaType: 'image/webp' } : null),
      close,
    }
  }
  return { create, given, close }
}

/** The shell's side of a control channel. */
function shell() {
  const said: FromCore[] = []
  const listeners: ((message: ToCore, ports: readonly TransferredPort[]) => void)[] = []
  const closes: (() => void)[] = []
  const hears: ((message: FromCore) => void)[] = []
  const channel: Channel = {
    post: (message) => { said.push(message); for (const hear of hears) hear(message) },
    onMessage: (listener) => { listeners.push(listener) },
    onClose: (listener) => { closes.push(listener) },
  }
  return {
    channel, said, hears,
    tell: (message: ToCore, ports: readonly TransferredPort[] = []) => { for (const listener of listeners) listener(message, ports) },
    leave: () => { for (const listener of closes) listener() },
  }
}

/** A client over the numbered connection. */
function connect(side: ReturnType<typeof shell>, connection: number): ContractRouterClient<StudioContract> {
  side.tell({ type: 'connect', connection })
  const port = {
    postMessage: (data: string) => side.tell({ type: 'data', connection, data }),
    on: (type: string, listener: (event: { data: unknown }) => void) => {
      if (type === 'message') side.hears.push((message) => { if (message.type === 'data' && message.connection === connection) listener(message) })
    },
  }
  return createORPCClient(new RPCLink({ port: port as never }))
}

/** Node's port in the shape of Electron's, whose messages come wrapped in an event. */
function transferred(port: InstanceType<typeof MessageChannel>['port1']): TransferredPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: string, listener: (event: { data: unknown }) => void) => port.on(event as 'message', (data: unknown) => listener({ data })),
    start: () => port.start(), close: () => port.close(),
  } as TransferredPort
}

describe('core in its process', () => {
  it('answers several pages over one channel, each its own questions', async () => {
    const side = shell()
    void runCore(side.channel, standIn().create, false)
    side.tell({ type: 'init', options })
    const [first, second] = [connect(side, 1), connect(side, 2)]
    expect(await Promise.all([first.system.about(), second.system.about()])).toMatchObject([{ version: '1.2.3' }, { shell: 'test' }])
    await vi.waitFor(() => expect(side.said).toContainEqual({ type: 'ready', pid: process.pid }))
  })

  it('answers over a port that was handed over', async () => {
    const side = shell()
    void runCore(side.channel, standIn().create, true)
    side.tell({ type: 'init', options })
    const { port1, port2 } = new MessageChannel()
    side.tell({ type: 'connect', connection: 1 }, [transferred(port1)])
    const client: ContractRouterClient<StudioContract> = createORPCClient(new RPCLink({ port: transferred(port2) as never }))
    port2.start()
    expect((await client.system.about()).version).toBe('1.2.3')
    port2.close()
  })

  it('keeps what a page asks before the studio stands, and answers it then', async () => {
    const side = shell()
    const opening = Promise.withResolvers<void>()
    void runCore(side.channel, standIn(opening.promise).create, false)
    side.tell({ type: 'init', options })
    const answer = connect(side, 1).system.about()
    await new Promise((resolve) => setTimeout(resolve, 20))
    opening.resolve()
    expect((await answer).version).toBe('1.2.3')
  })

  it('takes no harm from a message that is none', async () => {
    const side = shell()
    void runCore(side.channel, standIn().create, false)
    side.tell({ type: 'init', options })
    const client = connect(side, 1)
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const data of ['', 'null', '{', '"x"', '[]', '{"i":1}', 'x'.repeat(1000)]) side.tell({ type: 'data', connection: 1, data })
    expect((await client.system.about()).version).toBe('1.2.3')
    expect(complain).toHaveBeenCalled()
    complain.mockRestore()
  })

  it('has its shell sign, and gives the failure on', async () => {
    const side = shell()
    const studio = standIn()
    void runCore(side.channel, studio.create, false)
    side.tell({ type: 'init', options })
    const { signer } = studio.given[0]!
    const [good, bad] = [signer.sign(Buffer.from('head')), signer.sign(Buffer.from('other'))]
    expect(signer.publicKey).toBe('key')
    expect(side.said.filter((message) => message.type === 'sign')).toEqual([{ type: 'sign', id: 1, bytes: 'aGVhZA==' }, { type: 'sign', id: 2, bytes: 'b3RoZXI=' }])
    side.tell({ type: 'sign-failed', id: 2, detail: 'locked' })
    side.tell({ type: 'signed', id: 1, signature: 'sig' })
    expect(await good).toBe('sig')
    await expect(bad).rejects.toMatchObject({ code: 'internal', data: { detail: 'signing: locked' } })
  })

  it('has its shell start engines where only that can, and hears of their end', async () => {
    const side = shell()
    const studio = standIn()
    void runCore(side.channel, studio.create, true)
    side.tell({ type: 'init', options })
    const [coming, missing] = [studio.given[0]!.spawn('text'), studio.given[0]!.spawn('image')]
    const { port1, port2 } = new MessageChannel()
    side.tell({ type: 'engine', id: 1 }, [transferred(port1)])
    side.tell({ type: 'engine-exit', id: 2, reason: 'there is none' })
    await expect(missing).rejects.toMatchObject({ code: 'engine-unavailable', data: { role: 'image', detail: 'there is none' } })
    const engine = await coming
    const heard = new Promise((resolve) => engine.onMessage(resolve))
    port2.postMessage({ type: 'ready' })
    expect(await heard).toEqual({ type: 'ready' })
    const ended = new Promise((resolve) => engine.onClose(resolve))
    engine.kill()
    expect(side.said).toContainEqual({ type: 'engine-kill', id: 1 })
    side.tell({ type: 'engine-exit', id: 1, reason: 'SIGKILL' })
    expect(await ended).toBe('SIGKILL')
    port2.close()
  })

  it('says which file is behind an address', async () => {
    const side = shell()
    void runCore(side.channel, standIn().create, false)
    side.tell({ type: 'init', options })
    side.tell({ type: 'asset', id: 5, request: { kind: 'preview', job: 'jobjobjob', output: 0 } })
    await vi.waitFor(() => expect(side.said).toContainEqual({ type: 'asset', id: 5, file: { path: '/preview.webp', mediaType: 'image/webp' } }))
  })

  it('tells its shell when the studio cannot start', async () => {
    const side = shell()
    void runCore(side.channel, async () => { throw new Error('no room') }, false)
    side.tell({ type: 'init', options })
    await vi.waitFor(() => expect(side.said).toMatchObject([{ type: 'failed', detail: expect.stringContaining('no room') as string }]))
    side.tell({ type: 'asset', id: 1, request: { kind: 'preview', job: 'jobjobjob', output: 0 } })
    await vi.waitFor(() => expect(side.said).toContainEqual({ type: 'asset', id: 1, file: null }))
  })

  it('closes the studio when its shell asks, and when its shell is gone', async () => {
    for (const end of [(side: ReturnType<typeof shell>) => side.tell({ type: 'close' }), (side: ReturnType<typeof shell>) => side.leave()]) {
      const side = shell()
      const studio = standIn()
      const done = runCore(side.channel, studio.create, false)
      side.tell({ type: 'init', options })
      end(side)
      await done
      expect(studio.close).toHaveBeenCalledOnce()
      expect(side.said.at(-1)).toEqual({ type: 'closed' })
    }
  })
})
