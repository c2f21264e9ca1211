import { mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { serve, type Served } from './server.js'

let served: Served
let cookie: string
const opened: unknown[] = []

interface Answer { status: number; headers: Record<string, unknown> }

/** As fetch, which would not let the Host header be chosen. */
function get(path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: served.port, path, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers }))
    }).on('error', reject).end()
  })
}

function openSocket(path: string, headers: Record<string, string>): Promise<'open' | 'refused'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}${path}`, { headers })
    socket.on('open', () => { socket.close(); resolve('open') })
    socket.on('error', () => resolve('refused'))
  })
}

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'galley-server-'))
  writeFileSync(join(root, 'index.html'), '<html><head></head></html>')
  served = await serve(0, { root, asset: async () => null }, (socket) => { opened.push(socket) })
  const entered = await get(served.gate.invite(), {})
  cookie = String((entered.headers['set-cookie'] as string[])[0]).split(';')[0]!
})
afterAll(() => served.close())

describe('the server of the browser shell', () => {
  it('leads from the one-time address to the page', async () => {
    const entered = await get(served.gate.invite(), {})
    expect([entered.status, entered.headers.location]).toEqual([303, '/'])
    expect(entered.headers['referrer-policy']).toBe('no-referrer')
    expect((await get('/', { cookie })).status).toBe(200)
  })

  it('shows nothing without the cookie, and nothing under another name', async () => {
    expect((await get('/', {})).status).toBe(403)
    expect((await get('/enter?key=wrong', {})).status).toBe(403)
    expect((await get('/', { cookie, host: `evil.example:${served.port}` })).status).toBe(400)
    expect((await get('/', { cookie, origin: 'http://evil.example' })).status).toBe(403)
  })

  it('sends who comes again by a used address on, if they are in already', async () => {
    expect((await get('/enter?key=used', { cookie })).status).toBe(303)
  })

  it('opens a socket for its own page only', async () => {
    const origin = `http://127.0.0.1:${served.port}`
    expect(await openSocket('/studio', { cookie, origin })).toBe('open')
    expect(opened).toHaveLength(1)
    expect(await openSocket('/studio', { cookie })).toBe('refused')
    expect(await openSocket('/studio', { origin })).toBe('refused')
    expect(await openSocket('/studio', { cookie, origin: 'http://evil.example' })).toBe('refused')
    expect(await openSocket('/other', { cookie, origin })).toBe('refused')
    expect(opened).toHaveLength(1)
  })
})
