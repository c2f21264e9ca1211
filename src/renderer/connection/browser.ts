import { RPCLink } from '@orpc/client/websocket'
import type { Connection } from './connection.js'

const shortest = 250
const longest = 4000

/** Keeps a WebSocket to `/studio` on the page's own origin open, and opens another with growing pauses when it is lost. */
export function connectBrowser(connection: Connection): void {
  let pause = shortest

  function open(): void {
    const address = new URL('/studio', location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(address)
    let lose: (() => void) | null = null

    // Before the link listens: its own handling of `close` rejects calls with a less telling error.
    socket.addEventListener('close', () => {
      lose?.()
      setTimeout(open, pause)
      pause = Math.min(pause * 2, longest)
    })
    const link = new RPCLink({ websocket: socket })
    socket.addEventListener('open', () => {
      pause = shortest
      lose = connection.use(link)
    })
  }

  open()
}
