import { StudioError } from '../../contract/index.js'
import type { MessagePortLike, SpawnEngine } from '../engines/types.js'
import type { Channel, TransferredPort } from './channel.js'

interface Waiting { resolve: (port: MessagePortLike) => void; reject: (error: Error) => void; role: string }

/** Has the shell start engines and hand over a port to each: only Electron's main process can fork utility processes. */
export function spawnThroughShell(channel: Channel) {
  const waiting = new Map<number, Waiting>()
  const running = new Map<number, { closed: string | null; listeners: ((reason: string) => void)[] }>()
  let last = 0
  const spawn: SpawnEngine = (role) => new Promise((resolve, reject) => {
    const id = ++last
    waiting.set(id, { resolve, reject, role })
    channel.post({ type: 'spawn', id, role })
  })
  return {
    spawn,
    /** The shell started the engine; its messages come through the port. */
    started(id: number, port: TransferredPort | undefined): void {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (!asked) return
      if (!port) return asked.reject(new StudioError('engine-unavailable', { role: asked.role, detail: 'the shell gave no port' }))
      const engine = { closed: null as string | null, listeners: [] as ((reason: string) => void)[] }
      running.set(id, engine)
      asked.resolve({
        post: (message) => { if (engine.closed === null) port.postMessage(message) },
        onMessage: (listener) => {
          port.on('message', ({ data }) => listener(data))
          port.start()
        },
        onClose: (listener) => { if (engine.closed === null) engine.listeners.push(listener); else listener(engine.closed) },
        kill: () => channel.post({ type: 'engine-kill', id }),
      })
    },
    exited(id: number, reason: string): void {
      const asked = waiting.get(id)
      waiting.delete(id)
      asked?.reject(new StudioError('engine-unavailable', { role: asked.role, detail: reason }))
      const engine = running.get(id)
      running.delete(id)
      if (!engine) return
      engine.closed = reason
      for (const listener of engine.listeners) listener(reason)
    },
  }
}
