import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Page } from '@playwright/test'
import type { GalleyBridge, StudioContract } from '../../src/contract/index.js'

export type StudioClient = ContractRouterClient<StudioContract>

interface TestWindow {
  galley?: GalleyBridge
  galleyTestSend(data: string): void
  galleyTestReceive(data: string): Promise<void>
}

const receivers = new WeakMap<Page, (data: string) => void>()

/**
 * The studio's operations, called through a connection of the page's own kind that the interface does not know of: to
 * prepare what a spec is about, or to look at what it led to. It ends with the core that it was opened to.
 */
export async function openClient(page: Page): Promise<StudioClient> {
  const listeners: ((event: { data: unknown }) => void)[] = []
  const isBound = receivers.has(page)
  receivers.set(page, (data) => { for (const listener of listeners) listener({ data }) })
  if (!isBound) await page.exposeFunction('galleyTestReceive', (data: string) => receivers.get(page)?.(data))
  await page.evaluate(() => new Promise<void>((resolve) => {
    const here = window as unknown as TestWindow
    if (here.galley) {
      window.addEventListener('message', (event) => {
        const port = event.ports[0]
        if (event.data !== 'galley-port:spec' || !port) return
        port.onmessage = ({ data }) => void here.galleyTestReceive(data as string)
        here.galleyTestSend = (data) => port.postMessage(data)
        resolve()
      }, { capture: true })
      here.galley.connect(':spec')
    } else {
      const socket = new WebSocket(`ws://${location.host}/studio`)
      socket.onmessage = ({ data }) => void here.galleyTestReceive(data as string)
      socket.onopen = () => resolve()
      here.galleyTestSend = (data) => socket.send(data)
    }
  }))
  const port = {
    postMessage: (data: unknown) => page.evaluate((text) => (window as unknown as TestWindow).galleyTestSend(text), data as string),
    on: (type: string, listener: (event: { data: unknown }) => void) => { if (type === 'message') listeners.push(listener) },
  }
  return createORPCClient(new RPCLink({ port: port as never }))
}
