import type { Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import type { CallContext, Caller } from '../handlers/index.js'

/** A line to one page: strings both ways, whatever carries them. */
export interface Connection {
  send(data: string): void
  onData(listener: (data: string) => void): void
  onClose(listener: () => void): void
}

/**
 * The connection in the form of a WebSocket. The contract library's handler for message ports would do as well, but a
 * message that it cannot read rejects where nobody listens, which ends the process; this one logs it.
 */
function asSocket(connection: Connection) {
  return {
    send(data: unknown): void {
      if (typeof data !== 'string') throw new TypeError('Only text goes through a connection; bytes go through files')
      connection.send(data)
    },
    addEventListener(type: string, listener: (event: { data: string }) => void): void {
      if (type === 'message') connection.onData((data) => listener({ data }))
      if (type === 'close') connection.onClose(() => listener({ data: '' }))
    },
  }
}

/** What handlers may know of the page behind a connection. */
function callerOf(connection: Connection): Caller {
  const works = new Map<string, () => void>()
  connection.onClose(() => {
    for (const work of works.values()) work()
    works.clear()
  })
  return { whenGone: (key, work) => void works.set(key, work), callOff: (key) => void works.delete(key) }
}

/** Answers everything that comes over connections with the router's operations. */
export function createServer(router: Router<any, CallContext>): (connection: Connection) => void {
  const handler = new RPCHandler(router)
  return (connection) => void handler.upgrade(asSocket(connection) as never, { context: { caller: callerOf(connection) } })
}
