import type { WebSocket } from 'ws'
import type { FromCore, ToCore } from '../contract/index.js'

/** The WebSockets of open pages, each a numbered connection to core. */
export class Pages {
  private readonly sockets = new Map<number, WebSocket>()
  private last = 0

  constructor(private readonly post: (message: ToCore) => boolean) {}

  add(socket: WebSocket): void {
    const connection = ++this.last
    if (!this.post({ type: 'connect', connection })) return socket.close(1013, 'core is starting')
    this.sockets.set(connection, socket)
    socket.on('message', (data, isBinary) => {
      // Text comes as one Buffer; everything a page says is text.
      if (!isBinary) this.post({ type: 'data', connection, data: (data as Buffer).toString('utf8') })
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      if (this.sockets.delete(connection)) this.post({ type: 'disconnect', connection })
    })
  }

  deliver({ connection, data }: FromCore & { type: 'data' }): void {
    this.sockets.get(connection)?.send(data)
  }

  /** Closes every socket; the pages open new ones, to the next core. */
  drop(): void {
    const open = [...this.sockets.values()]
    this.sockets.clear()
    for (const socket of open) socket.close(1012, 'core restarts')
  }
}
