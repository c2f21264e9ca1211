import type { Channel, TransferredPort } from './channel.js'
import type { Connection } from './connection.js'

/** A connection over a port of its own. */
export function portConnection(port: TransferredPort): Connection {
  return {
    send: (data) => port.postMessage(data),
    // A port keeps what came early until it is started, so it is started only when somebody listens.
    onData: (listener) => {
      port.on('message', ({ data }) => listener(data as string))
      port.start()
    },
    onClose: (listener) => { port.on('close', listener) },
  }
}

interface Numbered { data: ((data: string) => void)[]; close: (() => void)[] }

/** Connections that share the control channel, told apart by their numbers. */
export function numberedConnections(channel: Channel) {
  const open = new Map<number, Numbered>()
  return {
    connect(number: number): Connection {
      const listeners: Numbered = { data: [], close: [] }
      open.set(number, listeners)
      return {
        send: (data) => { if (open.has(number)) channel.post({ type: 'data', connection: number, data }) },
        onData: (listener) => { listeners.data.push(listener) },
        onClose: (listener) => { listeners.close.push(listener) },
      }
    },
    data(number: number, data: string): void {
      for (const listener of open.get(number)?.data ?? []) listener(data)
    },
    disconnect(number: number): void {
      const listeners = open.get(number)
      open.delete(number)
      for (const listener of listeners?.close ?? []) listener()
    },
  }
}
