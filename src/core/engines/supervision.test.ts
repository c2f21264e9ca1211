import { afterEach, describe, expect, test, vi } from 'vitest'
import { createEngines } from './engines.js'
import { FakeEngine } from './testing.js'
import type { Engines } from './types.js'
import type { Patience } from './supervisor.js'

const quick: Patience = { readyMs: 200, cancelMs: 60, pingMs: 10, silenceMs: 100, backOffMs: [0, 1, 2, 3], crashLimit: 3, coolDownMs: 150 }
const header = { architecture: 'llama', name: 'a', parameters: 1, trainContext: 8, fileSize: 1, chatTemplate: true, bytesPerToken: 1 }
const request = { system: '', document: '', instruction: 'x', seed: 1, temperature: 0, topP: 1, topK: 1, maxTokens: 1 }
const answerHeader: ConstructorParameters<typeof FakeEngine>[1] = (message, engine) => engine.say({ type: 'result', id: message.id, value: header })

let engines: Engines
const started: FakeEngine[] = []

type Answer = ConstructorParameters<typeof FakeEngine>[1]

function open(answer: (count: number) => Answer, options: { ready?: (count: number) => boolean; patience?: Partial<Patience> } = {}): Engines {
  engines = createEngines({
    spawn: async (role) => {
      const engine = new FakeEngine(role, answer(started.length), options.ready?.(started.length) ?? true)
      started.push(engine)
      return engine
    },
    patience: { ...quick, ...options.patience },
  })
  return engines
}

afterEach(async () => {
  await engines.close()
  started.length = 0
})

const stateOfText = () => engines.states().find((state) => state.role === 'text')!.state

describe('an engine process', () => {
  test('is started when it is first asked, once for several calls', async () => {
    open(() => answerHeader)
    expect(started).toHaveLength(0)
    expect(stateOfText()).toBe('stopped')
    const results = await Promise.all([engines.call('text', 'inspect', { path: 'a' }), engines.call('text', 'inspect', { path: 'b' })])
    expect(results).toEqual([header, header])
    expect(started).toHaveLength(1)
    expect(stateOfText()).toBe('ready')
  })

  test('that dies fails what it worked on with engine-lost, and the next call finds a new one', async () => {
    open((count) => (count === 0 ? (_message, engine) => engine.die('out of luck') : answerHeader))
    const calls = await Promise.allSettled([engines.call('text', 'inspect', { path: 'a' }), engines.call('text', 'inspect', { path: 'b' })])
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: { code: 'engine-lost', data: { role: 'text', detail: 'out of luck' } } })
    expect(await engines.call('text', 'inspect', { path: 'a' })).toEqual(header)
    expect(started).toHaveLength(2)
  })

  test('that dies again and again is not started any more, until some time has passed', async () => {
    let broken = true
    open(() => (message, engine) => (broken ? engine.die('crash') : answerHeader(message, engine)))
    for (let loss = 0; loss < quick.crashLimit; loss++) {
      await expect(engines.call('text', 'inspect', { path: 'a' })).rejects.toMatchObject({ code: 'engine-lost' })
    }
    await vi.waitFor(() => expect(stateOfText()).toBe('failed'))
    await expect(engines.call('text', 'inspect', { path: 'a' })).rejects.toMatchObject({ code: 'engine-unavailable', data: { detail: 'crash' } })
    expect(started).toHaveLength(quick.crashLimit)
    broken = false
    await vi.waitFor(async () => expect(await engines.call('text', 'inspect', { path: 'a' })).toEqual(header), { timeout: 2000, interval: 20 })
    expect(started).toHaveLength(quick.crashLimit + 1)
  })

  test('that never becomes ready ends in engine-unavailable instead of waiting for ever', async () => {
    open(() => answerHeader, { ready: () => false, patience: { readyMs: 20 } })
    await expect(engines.call('text', 'inspect', { path: 'a' })).rejects.toMatchObject({ code: 'engine-unavailable' })
    expect(started.every((engine) => engine.killed)).toBe(true)
  })

  test('that finished work in between is not in a crash loop', async () => {
    open((count) => (message, engine) => ((message.params as { path: string }).path === 'bad' ? engine.die(`crash ${count}`) : answerHeader(message, engine)))
    for (let round = 0; round < quick.crashLimit + 2; round++) {
      await expect(engines.call('text', 'inspect', { path: 'bad' })).rejects.toMatchObject({ code: 'engine-lost' })
      expect(await engines.call('text', 'inspect', { path: 'good' })).toEqual(header)
    }
  })

  test('of one role that dies leaves those of other roles alone', async () => {
    open(() => (message, engine) => (engine.role === 'text' ? engine.die('crash') : engine.say({ type: 'result', id: message.id, value: {} })))
    const media = engines.call('media', 'decode', { path: 'a', width: 1, height: 1, output: 'b' })
    await expect(engines.call('text', 'inspect', { path: 'a' })).rejects.toMatchObject({ code: 'engine-lost' })
    expect(await media).toEqual({})
  })

  test('that stays silent while it works is ended', async () => {
    open(() => () => {})
    await expect(engines.call('text', 'inspect', { path: 'a' })).rejects.toMatchObject({ code: 'engine-lost' })
    expect(started[0]!.has('ping')).toBe(true)
    expect(started[0]!.killed).toBe(true)
  })

  test('that answers pings may work for long', async () => {
    open(() => (message, engine) => {
      const pong = setInterval(() => engine.say({ type: 'pong', id: 0 }), 10)
      setTimeout(() => {
        clearInterval(pong)
        answerHeader(message, engine)
      }, 250)
    })
    expect(await engines.call('text', 'inspect', { path: 'a' })).toEqual(header)
  })
})

describe('a request', () => {
  const written = {
    text: 'so far', promptHash: '', promptTokens: 1, reusedTokens: 0, tokens: 2, firstTokenMs: 1, tokensPerSecond: 1, stopped: 'person',
    contextSize: 8, threads: 1, engine: 'fake 1',
  }

  test('that is cancelled gives what the engine gives back', async () => {
    open(() => (message, engine) => {
      const wait = setInterval(() => {
        if (!engine.has('cancel')) return
        clearInterval(wait)
        engine.say({ type: 'result', id: message.id, value: written })
      }, 2)
    })
    const abort = new AbortController()
    const call = engines.call('text', 'write', request, { signal: abort.signal })
    setTimeout(() => abort.abort(), 10)
    expect(await call).toEqual(written)
    expect(started[0]!.killed).toBe(false)
  })

  test('whose cancel is not answered in time costs the process, not the wait', async () => {
    open((count) => (count === 0 ? () => {} : answerHeader), { patience: { silenceMs: 60_000 } })
    const abort = new AbortController()
    const call = engines.call('text', 'write', request, { signal: abort.signal })
    setTimeout(() => abort.abort(), 10)
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect(started[0]!.killed).toBe(true)
    expect(await engines.call('text', 'inspect', { path: 'a' })).toEqual(header)
  })

  test('that is cancelled before the process is ready does not wait for it', async () => {
    open(() => answerHeader, { ready: () => false })
    const abort = new AbortController()
    const call = engines.call('text', 'inspect', { path: 'a' }, { signal: abort.signal })
    setTimeout(() => abort.abort(), 5)
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('reports progress in order, and what does not fit the contract is dropped', async () => {
    open(() => (message, engine) => {
      engine.say({ type: 'progress', id: message.id, value: { delta: 'a', tokens: 1 } })
      engine.say({ type: 'progress', id: message.id, value: { delta: 7 } })
      engine.say({ type: 'progress', id: message.id, value: { delta: 'b', tokens: 2 } })
      engine.say({ type: 'result', id: message.id, value: { ...written, stopped: 'end' } })
    })
    const deltas: string[] = []
    await engines.call('text', 'write', request, { onProgress: ({ delta }) => deltas.push(delta) })
    expect(deltas).toEqual(['a', 'b'])
  })

  test('whose result does not fit the contract fails with bad-output', async () => {
    open(() => (message, engine) => engine.say({ type: 'result', id: message.id, value: { text: 3 } }))
    await expect(engines.call('text', 'write', request)).rejects.toMatchObject({ code: 'bad-output' })
  })

  test('passes on the error of the engine, and an unknown code becomes internal', async () => {
    open(() => (message, engine) => {
      const code = (message.params as { path: string }).path
      engine.say({ type: 'error', id: message.id, error: { code, data: { path: 'x', detail: 'no' } } })
    })
    await expect(engines.call('text', 'inspect', { path: 'not-a-model' })).rejects.toMatchObject({ code: 'not-a-model', data: { detail: 'no' } })
    await expect(engines.call('text', 'inspect', { path: 'constructor' })).rejects.toMatchObject({ code: 'internal' })
  })
})

test('after closing, every call is refused and no process is left', async () => {
  open(() => answerHeader)
  await engines.call('text', 'inspect', { path: 'a' })
  await engines.close()
  expect(started[0]!.killed).toBe(true)
  await expect(engines.call('text', 'inspect', { path: 'a' })).rejects.toMatchObject({ code: 'engine-unavailable' })
})
