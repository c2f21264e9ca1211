import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AssetRequest } from '../contract/index.js'
import { answer, type Answer, type Site } from './answer.js'

const hash = 'a'.repeat(64)
let site: Site
const asked: AssetRequest[] = []

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-answer-'))
  mkdirSync(join(folder, 'page/static'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><html><head lang="en"><title>G</title></head></html>')
  writeFileSync(join(folder, 'page/static/a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'picture.svg'), '0123456789')
  site = {
    root: join(folder, 'page'),
    asset: async (request) => {
      asked.push(request)
      return request.kind === 'picture' && request.project === 'projectA' ? { path: join(folder, 'picture.svg'), mediaType: 'image/svg+xml' } : null
    },
  }
})

function get(pathname: string, { search = '', range, method = 'GET' }: { search?: string; range?: string; method?: string } = {}): Promise<Answer> {
  return answer(site, { method, pathname, search, range })
}

async function bodyOf({ body }: Answer): Promise<string | null> {
  return body === null || typeof body === 'string' ? body : text(body)
}

describe('what the page gets', () => {
  it('is the page with a policy whose nonce is the one that the page carries', async () => {
    const first = await get('/')
    const nonce = /content="([^"]+)"/.exec((await bodyOf(first))!)![1]!
    expect(first.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(first.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(first.headers['cache-control']).toBe('no-store')
    const second = await bodyOf(await get('/'))
    expect(second).not.toContain(nonce)
  })

  it('is a file of the page, and nothing beside the page', async () => {
    const script = await get('/static/a.js')
    expect([script.status, script.headers['content-type'], await bodyOf(script)]).toEqual([200, 'text/javascript; charset=utf-8', 'export {}'])
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/static', '/absent.js']) expect((await get(path)).status).toBe(404)
  })

  it('is a picture that core knows, under a policy that lets it do nothing', async () => {
    const picture = await get(`/assets/projectA/${hash}`, { search: '?w=640' })
    expect(asked.at(-1)).toEqual({ kind: 'picture', project: 'projectA', hash, width: 640 })
    expect(picture.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff', 'content-length': '10' })
    expect(picture.headers['content-security-policy']).toContain('sandbox')
    expect(await bodyOf(picture)).toBe('0123456789')
  })

  it('is the part of a picture that was asked for', async () => {
    const part = await get(`/assets/projectA/${hash}`, { range: 'bytes=2-4' })
    expect([part.status, part.headers['content-range'], part.headers['content-length'], await bodyOf(part)]).toEqual([206, 'bytes 2-4/10', '3', '234'])
    const beyond = await get(`/assets/projectA/${hash}`, { range: 'bytes=10-' })
    expect([beyond.status, beyond.headers['content-range'], beyond.body]).toEqual([416, 'bytes */10', null])
  })

  it('is no body for HEAD, and a refusal for anything that writes', async () => {
    const head = await get(`/assets/projectA/${hash}`, { method: 'HEAD' })
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '10', null])
    expect((await get('/', { method: 'POST' })).status).toBe(405)
  })

  it.each(['/assets/projectB/' + hash, '/assets/projectA/short', '/assets/../projectA/' + hash, '/assets/', '/assets/preview/jobjobjob/x'])('is 404 for %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })
})
