import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { answer, type Site } from '../shell/answer.js'
import { commonHeaders } from '../shell/policy.js'
import { Gate, type Asking } from './gate.js'

/** Longest message, in bytes, that a page may send. */
const longestMessage = 64 * 1024 * 1024

function asking({ headers }: IncomingMessage): Asking {
  return { host: headers.host, origin: headers.origin, cookie: headers.cookie }
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'" })
  response.end(text)
}

async function respond(request: IncomingMessage, response: ServerResponse, gate: Gate, site: Site): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://galley')
  if (!url || !gate.hostIsOurs(request.headers.host)) return say(response, 400, 'This address is not served here.')
  if (url.pathname === '/enter') {
    const cookie = gate.enter(url.searchParams.get('key'))
    if (cookie === null && !gate.admits(asking(request))) return say(response, 403, 'This address was used already. Start Galley again to get another.')
    response.writeHead(303, { ...commonHeaders, location: '/', 'cache-control': 'no-store', ...(cookie === null ? {} : { 'set-cookie': cookie }) })
    return void response.end()
  }
  if (!gate.admits(asking(request))) return say(response, 403, 'Open Galley by the address that it printed when it started.')
  const { status, headers, body } = await answer(site, { method: request.method ?? 'GET', pathname: url.pathname, search: url.search, range: request.headers.range })
  response.writeHead(status, headers)
  if (body === null || typeof body === 'string') return void response.end(body ?? undefined)
  body.on('error', () => response.destroy())
  response.on('close', () => body.destroy())
  body.pipe(response)
}

export interface Served {
  readonly port: number
  readonly gate: Gate
  close(): Promise<void>
}

/** Serves the page and its socket on 127.0.0.1. `port` 0 lets the system choose. */
export async function serve(port: number, site: Omit<Site, 'connect'>, onPage: (socket: WebSocket) => void): Promise<Served> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const actual = (server.address() as AddressInfo).port
  const gate = new Gate(actual)
  // Older browsers do not count the socket of the same origin as 'self'.
  const whole: Site = { ...site, connect: [`ws://127.0.0.1:${actual}`, `ws://localhost:${actual}`] }
  server.on('request', (request, response) => {
    respond(request, response, gate, whole).catch((error) => {
      console.error('Answering the page failed:', error)
      if (response.headersSent) response.destroy()
      else say(response, 500, 'Something went wrong here.')
    })
  })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (request.url !== '/studio' || !gate.admitsSocket(asking(request))) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, onPage)
  })
  return {
    port: actual,
    gate,
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
