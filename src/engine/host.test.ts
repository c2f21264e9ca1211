import { describe, expect, test, vi } from 'vitest'
import { StudioError, type FromEngine } from '../contract/index.js'
import { serveEngine, type EngineHandlers } from './host.js'
import type { EnginePort } from './port.js'
import { createThrottle } from './throttle.js'

const request = { system: '', document: '', instruction: 'x', seed: 1, temperature: 0, topP: 1, topK: 1, maxTokens: 1 }
const written = {
  text: '', promptHash: '', promptTokens: 1, reusedTokens: 0, tokens: 1, firstTokenMs: 1, tokensPerSecond: 1, stopped: 'end' as const,
  contextSize: 8, threads: 1, engine: 'fake',
}

function open(handlers: Partial<EngineHandlers<'text'>>) {
  const said: FromEngine[] = []
  let send = (_message: unknown) => {}
  const port: EnginePort = { post: (message) => void said.push(message as FromEngine), onMessage: (listener) => void (send = listener), onClose: () => {} }
  serveEngine('text', handlers as EngineHandlers<'text'>, port, {
    build: 'fake 1', merges: { write: (earlier, later) => ({ delta: earlier.delta + later.delta, tokens: later.tokens }) },
  })
  return { said, send: (message: unknown) => send(message), answered: (id: number) => vi.waitFor(() => {
    const answer = said.find((message) => (message.type === 'result' || message.type === 'error') && message.id === id)
    if (!answer) throw new Error('no answer yet')
    return answer
  }) }
}

describe('the host of an engine', () => {
  test('says that it is ready, and answers pings while it works', async () => {
    const host = open({ write: () => new Promise(() => {}) })
    host.send({ type: 'request', id: 1, method: 'write', params: request })
    host.send({ type: 'ping', id: 9 })
    expect(host.said).toEqual([{ type: 'ready', role: 'text', build: 'fake 1' }, { type: 'pong', id: 9 }])
  })

  test('refuses parameters that do not fit the contract, and methods that are not there', async () => {
    const host = open({ inspect: async () => { throw new Error('never called') } })
    host.send({ type: 'request', id: 1, method: 'inspect', params: { path: 7 } })
    host.send({ type: 'request', id: 2, method: 'constructor', params: {} })
    host.send('no message at all')
    expect(await host.answered(1)).toMatchObject({ error: { code: 'bad-input' } })
    expect(await host.answered(2)).toMatchObject({ error: { code: 'not-supported' } })
  })

  test('answers with the error as a record, also where it is none of ours', async () => {
    const host = open({
      inspect: async ({ path }) => {
        throw path === 'ours' ? new StudioError('not-a-model', { path, detail: 'no' }) : new TypeError('broken')
      },
    })
    host.send({ type: 'request', id: 1, method: 'inspect', params: { path: 'ours' } })
    host.send({ type: 'request', id: 2, method: 'inspect', params: { path: 'other' } })
    expect(await host.answered(1)).toMatchObject({ error: { code: 'not-a-model', data: { path: 'ours', detail: 'no' } } })
    expect(await host.answered(2)).toMatchObject({ error: { code: 'internal', data: { detail: 'broken' } } })
  })

  test('cancels the request that is meant and no other', async () => {
    const host = open({
      write: (_params, { signal }) => new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        setTimeout(() => resolve(written), 30)
      }),
    })
    host.send({ type: 'request', id: 1, method: 'write', params: request })
    host.send({ type: 'request', id: 2, method: 'write', params: request })
    host.send({ type: 'cancel', id: 1 })
    host.send({ type: 'cancel', id: 77 })
    expect(await host.answered(1)).toMatchObject({ type: 'error', error: { code: 'cancelled' } })
    expect(await host.answered(2)).toMatchObject({ type: 'result' })
  })

  test('loses no word of fast progress, and sends all of it before the result', async () => {
    const host = open({
      write: async (_params, { onProgress }) => {
        for (let index = 0; index < 100; index++) onProgress({ delta: String(index % 10), tokens: index + 1 })
        return written
      },
    })
    host.send({ type: 'request', id: 1, method: 'write', params: request })
    await host.answered(1)
    const progress = host.said.flatMap((message) => (message.type === 'progress' ? [message.value as { delta: string; tokens: number }] : []))
    expect(progress.map(({ delta }) => delta).join('')).toBe('0123456789'.repeat(10))
    expect(progress.at(-1)?.tokens).toBe(100)
    expect(progress.length).toBeLessThan(10)
    expect(host.said.at(-1)?.type).toBe('result')
  })
})

test('progress comes at most once in an interval, the first at once and the newest at the end', () => {
  vi.useFakeTimers()
  try {
    const sent: number[] = []
    const throttle = createThrottle<number>((value) => sent.push(value), undefined, 100)
    for (let value = 0; value < 10; value++) {
      throttle.push(value)
      vi.advanceTimersByTime(20)
    }
    expect(sent).toEqual([0, 4, 9])
    throttle.push(10)
    throttle.flush()
    expect(sent).toEqual([0, 4, 9, 10])
  } finally {
    vi.useRealTimers()
  }
})
