import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { useSyncExternalStore } from 'react'
import type { StudioContract } from '../contract/index.js'
import { connectBrowser } from './connection/browser.js'
import { createConnection, type ConnectionState } from './connection/connection.js'
import { connectDesktop } from './connection/desktop.js'
import { createLink } from './connection/link.js'
import { bridge } from './shell.js'

export { ConnectionLost, NotConnected, isConnectionError } from './connection/lost.js'

/** Whether core can be reached, as an external store. */
export const connection = createConnection()

/** All operations of the studio. Calls fail with `StudioError`, or with a connection error (`isConnectionError`). */
export const client: ContractRouterClient<StudioContract> = createORPCClient(createLink(connection))

/** The same operations as options for queries and mutations. */
export const studio = createTanstackQueryUtils(client)

/** Connects the page to core, by the desktop shell's port or by a WebSocket. Called once. */
export function connectStudio(): void {
  const shell = bridge()
  if (shell) connectDesktop(connection, shell)
  else connectBrowser(connection)
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.state)
}
