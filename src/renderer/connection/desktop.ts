import { RPCLink } from '@orpc/client/message-port'
import { portMessage, type GalleyBridge } from '../../contract/index.js'
import type { Connection } from './connection.js'

/**
 * Takes the ports to core that the desktop shell hands over, a fresh one after each restart of core. Ports cannot pass
 * through the bridge's functions, so they come as messages of the window.
 */
export function connectDesktop(connection: Connection, bridge: GalleyBridge): void {
  let lose: (() => void) | null = null

  function take(port: MessagePort): void {
    lose?.()
    let own: (() => void) | null = null
    // Before the link listens: its own handling of `close` rejects calls with a less telling error. Older Chromium does
    // not fire it; there the fresh port is the first sign of the loss.
    port.addEventListener('close', () => own?.())
    const link = new RPCLink({ port })
    own = connection.use(link)
    lose = own
    port.start()
  }

  window.addEventListener('message', (event) => {
    const [port] = event.ports
    if (event.source === window && event.data === portMessage && port) take(port)
  })
  bridge.connect()
}
