import { Readable } from 'node:stream'
import { protocol } from 'electron'
import { answer, type Answer, type Site } from '../shell/answer.js'

export const scheme = 'app'
export const origin = `${scheme}://galley`

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }])
}

function responseBody(body: Answer['body']): BodyInit | null {
  if (body === null || typeof body === 'string') return body
  return (Readable.toWeb ? Readable.toWeb(body) : body) as unknown as BodyInit
}

/** Serves the page, its files and the pictures of open projects under `app://galley/`. */
export function servePage(site: Site): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'galley') return new Response(null, { status: 404 })
    const { status, headers, body } = await answer(site, { method: request.method, pathname: url.pathname, search: url.search, range: request.headers.get('range') })
    return new Response(responseBody(body), { status, headers: { ...headers } })
  })
}
