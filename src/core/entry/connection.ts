import type { Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'

/** A line to one page: strings both ways, whatever carries them. */
export interface Connection {
  send(data: string): void
  onData(listener: (data: string) => void): void
  onClose(listener: () => void): void
}

/** A message that the contract library can read: anything else would reject inside it, where nobody listens. */
function readable(data: unknown): data is string {
  if (typeof data !== 'string') return false
  try {
    const message: unknown = JSON.parse(data)
    return typeof message === 'object' && message !== null
  } catch {
    return false
  }
}

/** The connection in the form of a message port, as the contract library's handlers and links expect it. */
export function asMessagePort(connection: Connection) {
  return {
    postMessage(data: unknown): void {
      if (typeof data !== 'string') throw new TypeError('Only text goes through a connection; bytes go through files')
      connection.send(data)
    },
    on(type: string, listener: (event?: { data: unknown }) => void): void {
      if (type === 'message') connection.onData((data) => { if (readable(data)) listener({ data }) })
      if (type === 'close') connection.onClose(() => listener())
    },
  }
}

/** Answers everything that comes over connections with the router's operations. */
export function createServer(router: Router<any, Record<never, never>>): (connection: Connection) => void {
  const handler = new RPCHandler(router)
  return (connection) => handler.upgrade(asMessagePort(connection))
}
