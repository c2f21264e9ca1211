import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureTextModel, modelsCache } from './models.mjs'

const content = Buffer.from('weights, many weights. '.repeat(2000))
const sha256 = createHash('sha256').update(content).digest('hex')

let cacheDir: string
let server: Server | null = null
let said: string[]

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'galley-fetch-'))
  said = []
})
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  server = null
  await rm(cacheDir, { recursive: true, force: true })
})

async function fetchFrom(answer: RequestListener | null, connectTimeoutMs = 2000): Promise<string | null> {
  let url = 'http://127.0.0.1:9/model'
  if (answer) {
    server = createServer(answer)
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model`
  }
  const model = { name: 'Tiny', file: 'tiny.gguf', size: content.length, sha256, url, without: 'Drafting stays off.' }
  return await ensureTextModel({ log: (line) => said.push(line), cacheDir, model, connectTimeoutMs })
}

describe('fetching a model', () => {
  test('keeps it in the cache and asks nobody the second time', async () => {
    const path = await fetchFrom((_request, response) => response.end(content))
    expect(await readFile(path!)).toEqual(content)
    server!.close()
    expect(await fetchFrom(null)).toBe(path)
    expect(said.at(-1)).toContain('from the cache')
  })

  test('goes on where an earlier download stopped', async () => {
    await writeFile(join(cacheDir, 'tiny.gguf.partial'), content.subarray(0, 1000))
    const ranges: unknown[] = []
    const path = await fetchFrom((request, response) => {
      ranges.push(request.headers.range)
      response.writeHead(206).end(content.subarray(1000))
    })
    expect(ranges).toEqual(['bytes=1000-'])
    expect(await readFile(path!)).toEqual(content)
  })

  test('starts anew where the other side knows no ranges', async () => {
    await writeFile(join(cacheDir, 'tiny.gguf.partial'), 'something else')
    const path = await fetchFrom((_request, response) => response.end(content))
    expect(await readFile(path!)).toEqual(content)
  })

  test('takes nothing whose SHA-256 is another, and says so', async () => {
    expect(await fetchFrom((_request, response) => response.end(Buffer.alloc(content.length, 'x')))).toBeNull()
    expect(said.join('\n')).toContain('SHA-256')
    expect(said.at(-1)).toContain('Drafting stays off.')
    expect(await readdir(cacheDir)).toEqual([])
  })

  test('replaces a damaged file in the cache', async () => {
    await writeFile(join(cacheDir, 'tiny.gguf'), Buffer.alloc(content.length, 'x'))
    const path = await fetchFrom((_request, response) => response.end(content))
    expect(await readFile(path!)).toEqual(content)
    expect(said.join('\n')).toContain('not used')
  })

  test('moves on from a network that is not there or does not answer', async () => {
    expect(await fetchFrom(null)).toBeNull()
    expect(await fetchFrom(() => {}, 50)).toBeNull()
    expect(said.at(-1)).toContain('no answer within')
  })

  test('keeps what came before a connection broke', async () => {
    const path = await fetchFrom((_request, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50))
    })
    expect(path).toBeNull()
    expect((await readFile(join(cacheDir, 'tiny.gguf.partial'))).length).toBeGreaterThan(0)
  })
})

test('the cache is where GALLEY_CACHE says', () => {
  expect(modelsCache({ GALLEY_CACHE: '/somewhere' })).toBe(join('/somewhere', 'models'))
})
