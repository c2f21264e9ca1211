import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import type { EngineRole, FromCore, ToCore } from '../contract/index.js'
import type { CoreChild } from '../shell/core-process.js'

/** Starts core as a utility process. */
export function forkCoreUtility(entry: string): CoreChild<MessagePortMain> {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Galley core', stdio: 'inherit' })
  return {
    post: (message: ToCore, ports = []) => child.postMessage(message, [...ports]),
    onMessage: (listener) => { child.on('message', (message: FromCore) => listener(message)) },
    onExit: (listener) => { child.on('exit', (code) => listener(`exit code ${code}`)) },
    kill: () => { child.kill() },
  }
}

type Post = (message: ToCore, ports?: readonly MessagePortMain[]) => void

/** The engines that core asked for, each a utility process with a port to core. */
export class EngineUtilities {
  private readonly running = new Map<number, UtilityProcess>()

  constructor(private readonly folder: string, private readonly post: Post) {}

  spawn(id: number, role: EngineRole): void {
    const entry = join(this.folder, `${role}.mjs`)
    if (!existsSync(entry)) return this.post({ type: 'engine-exit', id, reason: `${entry} is missing` })
    const child = utilityProcess.fork(entry, [], { serviceName: `Galley ${role} engine`, stdio: 'inherit' })
    this.running.set(id, child)
    child.on('exit', (code) => {
      if (this.running.delete(id)) this.post({ type: 'engine-exit', id, reason: `exit code ${code}` })
    })
    // An engine talks through its parent port, in Electron as elsewhere, so what it says passes through here.
    const { port1, port2 } = new MessageChannelMain()
    child.on('message', (message: unknown) => port1.postMessage(message))
    port1.on('message', ({ data }) => child.postMessage(data))
    port1.start()
    this.post({ type: 'engine', id }, [port2])
  }

  kill(id: number): void {
    this.running.get(id)?.kill()
  }

  /** Ends all engines: their core is gone, and with it what they were working for. */
  killAll(): void {
    const children = [...this.running.values()]
    this.running.clear()
    for (const child of children) child.kill()
  }
}
