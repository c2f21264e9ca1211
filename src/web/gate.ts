import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Name of the cookie. Browsers keep cookies per host, not per port, so the port is part of it. */
export function cookieName(port: number): string {
  return `galley-${port}`
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function same(given: string, expected: string): boolean {
  // Hashing first gives both the same length, which the comparison needs.
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

export interface Asking {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly cookie: string | undefined
}

/**
 * Lets in only the browser that came through the one-time address. Other pages in the same browser are kept out by
 * Host (a name that was rebound to this computer), Origin (a form or WebSocket from elsewhere) and a strict cookie.
 */
export class Gate {
  private key: string | null = secret()
  private readonly session = secret()
  private readonly name: string
  private readonly hosts: readonly string[]

  constructor(port: number) {
    this.name = cookieName(port)
    this.hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  }

  /** Path and query of the one-time address. Each call draws a new key; the one before is void. */
  invite(): string {
    this.key = secret()
    return `/enter?key=${this.key}`
  }

  /** The Set-Cookie header for who comes with the key, which is then used up; null for everybody else. */
  enter(key: string | null): string | null {
    if (this.key === null || key === null || !same(key, this.key)) return null
    this.key = null
    return `${this.name}=${this.session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Asked by this computer's name, not one that somebody pointed here. */
  hostIsOurs(host: string | undefined): boolean {
    return host !== undefined && this.hosts.includes(host.toLowerCase())
  }

  private cookieIsOurs(cookie: string | undefined): boolean {
    const value = cookieValue(cookie, this.name)
    return value !== undefined && same(value, this.session)
  }

  /** May this request see the page and its pictures? Reading sends no Origin, another site's request does. */
  admits({ host, origin, cookie }: Asking): boolean {
    return this.hostIsOurs(host) && (origin === undefined || origin === `http://${host}`) && this.cookieIsOurs(cookie)
  }

  /** May this WebSocket be opened? A browser always sends an Origin here, so one must be there. */
  admitsSocket(asking: Asking): boolean {
    return asking.origin !== undefined && this.admits(asking)
  }
}
