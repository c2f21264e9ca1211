import type { CoreOptions, ToCore } from '../../contract/index.js'
import type { Channel, TransferredPort } from './channel.js'
import { createServer, type Connection } from './connection.js'
import { numberedConnections, portConnection } from './connections.js'
import { shellSigner } from './shell-signer.js'
import { spawnForked } from './spawn-forked.js'
import { spawnThroughShell } from './spawn-through-shell.js'
import type { CreateStudio, HostedStudio } from './types.js'

/**
 * Runs a studio behind a control channel, from the shell's `init` until it closes. `handsOverPorts` says whether the
 * shell starts engines (Electron) or this process does. Settles when the studio is closed.
 */
export function runCore(channel: Channel, createStudio: CreateStudio, handsOverPorts: boolean): Promise<void> {
  const numbered = numberedConnections(channel)
  const engines = spawnThroughShell(channel)
  const started = Promise.withResolvers<HostedStudio>()
  started.promise.catch(() => {}) // told to the shell where it happens
  const done = Promise.withResolvers<void>()
  let signing: ReturnType<typeof shellSigner> | undefined

  async function begin(options: CoreOptions): Promise<void> {
    signing = shellSigner(channel, options.publicKey)
    try {
      const studio = await createStudio({
        ...options, signer: signing.signer, spawn: handsOverPorts ? engines.spawn : spawnForked(options.engines),
      })
      started.resolve(studio)
      channel.post({ type: 'ready', pid: process.pid })
    } catch (error) {
      started.reject(error)
      channel.post({ type: 'failed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }

  async function answer(connection: Connection): Promise<void> {
    // The page may speak before the studio stands; what it says must wait, not be lost.
    const early: string[] = []
    let deliver: (data: string) => void = (data) => { early.push(data) }
    connection.onData((data) => deliver(data))
    const studio = await started.promise.catch(() => null)
    if (!studio) return
    serve ??= createServer(studio.router)
    serve({ ...connection, onData: (listener) => { deliver = listener } })
    for (const data of early) deliver(data)
  }
  let serve: ((connection: Connection) => void) | undefined

  async function lookUp(message: ToCore & { type: 'asset' }): Promise<void> {
    const file = await started.promise.then((studio) => studio.asset(message.request)).catch(() => null)
    channel.post({ type: 'asset', id: message.id, file })
  }

  async function close(): Promise<void> {
    await started.promise.then((studio) => studio.close()).catch((error) => console.error('Closing the studio failed:', error))
    channel.post({ type: 'closed' })
    done.resolve()
  }

  function receive(message: ToCore, port: TransferredPort | undefined): void {
    switch (message.type) {
      case 'init': return void begin(message.options)
      case 'connect': return void answer(port ? portConnection(port) : numbered.connect(message.connection))
      case 'data': return numbered.data(message.connection, message.data)
      case 'disconnect': return numbered.disconnect(message.connection)
      case 'asset': return void lookUp(message)
      case 'signed': return signing?.signed(message.id, message.signature)
      case 'sign-failed': return signing?.failed(message.id, message.detail)
      case 'engine': return engines.started(message.id, port)
      case 'engine-exit': return engines.exited(message.id, message.reason)
      case 'close': return void close()
    }
  }

  channel.onMessage((message, ports) => receive(message, ports[0]))
  channel.onClose(() => void close())
  return done.promise
}
