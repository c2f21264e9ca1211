import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { z } from 'zod'
import { portMessage, type GalleyBridge, type StudioContract } from '../contract/index.js'

z.config({ jitless: true })
type Client = ContractRouterClient<StudioContract>
declare global { interface Window { galley?: GalleyBridge } }

async function show(client: Client): Promise<void> {
  const about = await client.system.about()
  document.getElementById('root')!.textContent = `Galley ${about.version} in ${about.shell}, run ${about.run}`
}

function overSocket(): void {
  const websocket = new WebSocket(`ws://${location.host}/studio`)
  websocket.addEventListener('close', () => setTimeout(overSocket, 200))
  websocket.addEventListener('open', () => void show(createORPCClient(new SocketLink({ websocket }))))
}

if (window.galley) {
  window.addEventListener('message', (event) => {
    const port = event.ports[0]
    if (event.data !== portMessage || !port) return
    port.start()
    void show(createORPCClient(new PortLink({ port })))
  })
  window.galley.connect()
} else overSocket()
