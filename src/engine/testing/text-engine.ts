import { fork, type ChildProcess } from 'node:child_process'
import { createEngines, portOfChild, type Engines, type EnginesOptions } from '../../core/engines/index.js'
import { buildEngine } from './build-engine.js'

export interface RealEngines {
  readonly engines: Engines
  /** The processes that were started, oldest first. */
  readonly children: readonly ChildProcess[]
  close(): Promise<void>
}

/** The real text engine in a real process, built from the sources as they are. */
export async function startTextEngine(options: Partial<EnginesOptions> = {}): Promise<RealEngines> {
  const built = await buildEngine('text')
  const children: ChildProcess[] = []
  const engines = createEngines({
    ...options,
    spawn: async (role) => {
      if (role !== 'text') throw new Error(`no ${role} engine in this test`)
      const child = fork(built.entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
      children.push(child)
      return portOfChild(child)
    },
  })
  return {
    engines, children,
    async close() {
      await engines.close()
      const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
      await Promise.all(running.map((child) => new Promise((resolve) => child.once('exit', resolve))))
      await built.remove()
    },
  }
}
