import { createReadStream, readFileSync, type ReadStream } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseAssetUrl, type AssetFile, type AssetRequest } from '../contract/index.js'
import { fileWithin, mediaTypeOf, rangeOf, regularFile } from './files.js'
import { assetPolicy, commonHeaders, pagePolicy, withNonce } from './policy.js'

/** An answer to a request of the page, in a form that either shell can send. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: ReadStream | string | null
}

export interface Site {
  /** Folder of the built page. */
  readonly root: string
  asset(request: AssetRequest): Promise<AssetFile | null>
  /** Addresses that the page may connect to beside its own origin. */
  readonly connect?: readonly string[]
}

export interface PageRequest {
  readonly method: string
  readonly pathname: string
  /** With its question mark, or empty. */
  readonly search: string
  readonly range: string | null | undefined
}

function refuse(status: number, text: string): Answer {
  return { status, headers: { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': assetPolicy, 'cache-control': 'no-store' }, body: text }
}

function stream(path: string, size: number, headers: Record<string, string>, request: PageRequest): Answer {
  const whole = { ...commonHeaders, ...headers, 'accept-ranges': 'bytes' }
  const range = rangeOf(request.range, size)
  if (range === 'unsatisfiable') return { status: 416, headers: { ...whole, 'content-range': `bytes */${size}` }, body: null }
  const part = range === 'all' ? { start: 0, end: size - 1 } : range
  const body = request.method === 'HEAD' || size === 0 ? null : createReadStream(path, part)
  const length = { 'content-length': String(part.end - part.start + 1) }
  if (range === 'all') return { status: 200, headers: { ...whole, ...length }, body }
  return { status: 206, headers: { ...whole, ...length, 'content-range': `bytes ${part.start}-${part.end}/${size}` }, body }
}

async function answerAsset(site: Site, request: PageRequest): Promise<Answer> {
  const wanted = parseAssetUrl(request.pathname + request.search)
  const file = wanted && await site.asset(wanted)
  const stats = file && regularFile(file.path)
  if (!stats) return refuse(404, 'There is no such picture.')
  const cacheControl = wanted.kind === 'preview' ? 'no-store' : 'private, max-age=31536000, immutable'
  return stream(file.path, stats.size, { 'content-type': file.mediaType, 'content-security-policy': assetPolicy, 'cache-control': cacheControl }, request)
}

function answerPage(site: Site, request: PageRequest): Answer {
  const nonce = randomBytes(16).toString('base64')
  const html = withNonce(readFileSync(join(site.root, 'index.html'), 'utf8'), nonce)
  const headers = { ...commonHeaders, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy(nonce, site.connect), 'cache-control': 'no-store' }
  return { status: 200, headers, body: request.method === 'HEAD' ? null : html }
}

/** Answers a request for the page, its files, or a picture. */
export async function answer(site: Site, request: PageRequest): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading is possible here.')
  if (request.pathname.startsWith('/assets/')) return answerAsset(site, request)
  if (request.pathname === '/' || request.pathname === '/index.html') return answerPage(site, request)
  const file = fileWithin(site.root, request.pathname)
  const stats = file && regularFile(file)
  if (!stats) return refuse(404, 'There is no such file.')
  // Built files carry a hash of their content in their names, so they never change.
  return stream(file, stats.size, { 'content-type': mediaTypeOf(file), 'content-security-policy': pagePolicy(null, site.connect), 'cache-control': 'private, max-age=31536000, immutable' }, request)
}
