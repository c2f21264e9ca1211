import { describe, expect, it } from 'vitest'
import { cookieValue, Gate } from './gate.js'

const port = 4321
const host = `127.0.0.1:${port}`
const origin = `http://${host}`

function opened() {
  const gate = new Gate(port)
  const cookie = gate.enter(new URLSearchParams(gate.invite().split('?')[1]).get('key'))!.split(';')[0]!
  return { gate, cookie }
}

describe('the one-time address', () => {
  it('lets in once', () => {
    const gate = new Gate(port)
    const key = gate.invite().split('key=')[1]!
    expect(gate.enter(key)).toMatch(/^galley-4321=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(gate.enter(key)).toBeNull()
  })

  it('is void for anything but its key, and once there is a newer one', () => {
    const gate = new Gate(port)
    const first = gate.invite().split('key=')[1]!
    const second = gate.invite().split('key=')[1]!
    for (const key of [null, '', 'x', first, `${second}x`]) expect(gate.enter(key)).toBeNull()
    expect(gate.enter(second)).not.toBeNull()
  })
})

describe('who may read', () => {
  it('is the browser with the cookie, by either name of this computer', () => {
    const { gate, cookie } = opened()
    expect(gate.admits({ host, origin: undefined, cookie })).toBe(true)
    expect(gate.admits({ host: `localhost:${port}`, origin: `http://localhost:${port}`, cookie: `other=1; ${cookie}; more=2` })).toBe(true)
  })

  it.each([
    ['another host', { host: `evil.example:${port}` }], ['another port', { host: '127.0.0.1:80' }], ['no host', { host: undefined }],
    ['another origin', { origin: 'http://evil.example' }], ['an origin of another name', { origin: `http://localhost:${port}` }], ['an opaque origin', { origin: 'null' }],
    ['no cookie', { cookie: undefined }], ['a wrong cookie', { cookie: `galley-${port}=x` }], ['a cookie of another port', { cookie: 'galley-80=x' }],
  ])('is nobody with %s', (_name, change) => {
    const { gate, cookie } = opened()
    expect(gate.admits({ host, origin, cookie, ...change })).toBe(false)
    expect(gate.admitsSocket({ host, origin, cookie, ...change })).toBe(false)
  })

  it('is nobody with a cookie of an earlier start', () => {
    const { cookie } = opened()
    expect(opened().gate.admits({ host, origin, cookie })).toBe(false)
  })

  it('must name an origin to open a socket', () => {
    const { gate, cookie } = opened()
    expect(gate.admitsSocket({ host, origin, cookie })).toBe(true)
    expect(gate.admitsSocket({ host, origin: undefined, cookie })).toBe(false)
  })
})

it('finds a cookie among others', () => {
  expect(cookieValue('a=1; b = 2 ;c', 'b')).toBe('2')
  expect(cookieValue('ab=1', 'b')).toBeUndefined()
  expect(cookieValue(undefined, 'b')).toBeUndefined()
})
