import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { mayLoad, requireRoom, reserveOf } from './budget.js'
import { createEngines } from './engines.js'
import { answering, FakeEngine } from './testing.js'
import type { Engines } from './types.js'

const GB = 1024 ** 3
const header = { width: 1, height: 1, ms: 1, engine: 'fake 1', threads: 1, promptCut: false }
const picture = { prompt: '', negativePrompt: '', seed: 1, steps: 1, guidance: 1, sampler: 'euler', width: 1, height: 1, output: 'o' }

describe('the budget', () => {
  test('leaves a tenth of the memory to others, at least 512 MB and at most 2 GB', () => {
    expect(reserveOf(2 * GB)).toBe(0.5 * GB)
    expect(reserveOf(10 * GB)).toBe(1 * GB)
    expect(reserveOf(64 * GB)).toBe(2 * GB)
  })

  test('always tries a built-in model that needs less than half of what is available', () => {
    const memory = { available: () => 0.6 * GB, total: () => 8 * GB }
    expect(mayLoad({ needed: 0.2 * GB, builtIn: true }, 0, memory)).toBe(true)
    expect(mayLoad({ needed: 0.2 * GB, builtIn: false }, 0, memory)).toBe(false)
    expect(mayLoad({ needed: 0.4 * GB, builtIn: true }, 0, memory)).toBe(false)
  })

  test('refuses with both numbers, and more memory never makes a model unloadable', () => {
    const memory = { available: () => 4 * GB, total: () => 16 * GB }
    const data = { needed: 40 * GB, available: 4 * GB - reserveOf(16 * GB) }
    expect(() => requireRoom({ needed: 40 * GB, builtIn: true }, 0, memory)).toThrow(expect.objectContaining({ code: 'out-of-memory', data }))
    fc.assert(fc.property(fc.nat(64), fc.nat(64), fc.nat(8), fc.boolean(), (needed, available, more, builtIn) => {
      const at = (amount: number) => mayLoad({ needed: needed * GB, builtIn }, 0, { available: () => amount * GB, total: () => 64 * GB })
      return !at(available) || at(available + more)
    }), { numRuns: 200 })
  })
})

describe('loading a model', () => {
  let engines: Engines
  let used = 0
  const started: FakeEngine[] = []
  const loads: string[] = []

  /** A computer of 8 GB where a loaded model takes what it needs away. */
  function open(finish?: (done: () => void) => void): Engines {
    used = 0
    started.length = 0
    loads.length = 0
    const sizes: Record<string, number> = { small: 1 * GB, middle: 3 * GB, large: 5 * GB }
    const held = new Map<string, number>()
    engines = createEngines({
      memory: { available: () => 8 * GB - used, total: () => 8 * GB },
      idleUnloadMs: 0,
      spawn: async (role) => {
        const engine = new FakeEngine(role, (message, self) => {
          const path = (message.params as { path?: string }).path ?? ''
          if (message.method === 'load' || message.method === 'unload') {
            used -= held.get(role) ?? 0
            held.set(role, message.method === 'load' ? sizes[path]! : 0)
            used += held.get(role)!
            loads.push(`${role} ${message.method} ${path}`.trim())
          }
          answering(sizes[path] ?? 0, () => (finish ?? ((done) => done()))(() => self.say({ type: 'result', id: message.id, value: header })))(message, self)
        })
        started.push(engine)
        return engine
      },
    })
    return engines
  }
  const model = (path: string, needed: number) => ({ path, needed: needed * GB, builtIn: false })

  afterEach(() => engines.close())

  test('happens once for the same model and replaces the one before', async () => {
    open()
    await engines.ensureLoaded('text', model('small', 1))
    await engines.ensureLoaded('text', model('small', 1))
    await engines.ensureLoaded('text', model('middle', 3))
    expect(loads).toEqual(['text load small', 'text unload', 'text load middle'])
    expect(engines.memory().used).toBe(3 * GB)
  })

  test('takes the idle model of another engine away first, and says that it waits', async () => {
    open()
    await engines.ensureLoaded('image', model('large', 5))
    await engines.call('image', 'generate', picture)
    let waited = 0
    await engines.ensureLoaded('text', model('middle', 3), { onWait: () => waited++ })
    expect(loads).toEqual(['image load large', 'image unload', 'text load middle'])
    expect(waited).toBe(1)
  })

  test('leaves other models alone where both fit', async () => {
    open()
    await engines.ensureLoaded('image', model('middle', 3))
    await engines.ensureLoaded('text', model('middle', 3))
    expect(loads).toEqual(['image load middle', 'text load middle'])
  })

  test('waits for a busy engine, can be cancelled meanwhile, and goes on when it is idle', async () => {
    let finish = () => {}
    open((done) => {
      finish = done
    })
    await engines.ensureLoaded('image', model('large', 5))
    const painting = engines.call('image', 'generate', picture)
    const abort = new AbortController()
    const cancelled = engines.ensureLoaded('text', model('middle', 3), { signal: abort.signal, onWait: () => abort.abort() })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    const waiting = engines.ensureLoaded('text', model('middle', 3), { onWait: () => finish() })
    await Promise.all([painting, waiting])
    expect(loads).toEqual(['image load large', 'image unload', 'text load middle'])
  })

  test('of a model that cannot fit fails with both numbers and keeps what is loaded', async () => {
    open()
    await engines.ensureLoaded('text', model('small', 1))
    const data = { needed: 50 * GB, available: expect.any(Number) }
    await expect(engines.ensureLoaded('text', model('large', 50))).rejects.toMatchObject({ code: 'out-of-memory', data })
    expect(loads).toEqual(['text load small'])
    expect(engines.states().find(({ role }) => role === 'text')).toMatchObject({ model: 'small', residentBytes: 1 * GB })
  })

  test('happens again after the process was lost', async () => {
    open()
    await engines.ensureLoaded('text', model('small', 1))
    started[0]!.die('crash')
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(engines.states().find(({ role }) => role === 'text')).toMatchObject({ model: null, residentBytes: 0 })
    used = 0
    await engines.ensureLoaded('text', model('small', 1))
    expect(loads).toEqual(['text load small', 'text load small'])
  })

  test('does not take a model away between its loading and its first use', async () => {
    open()
    await engines.ensureLoaded('image', model('large', 5))
    const other = engines.ensureLoaded('text', model('middle', 3))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(loads).toEqual(['image load large'])
    await engines.call('image', 'generate', picture)
    await other
    expect(loads).toEqual(['image load large', 'image unload', 'text load middle'])
  })
})

test('work in the background shows no engine as busy, holds no memory back, and does not use up what was just loaded', async () => {
  const answers: (() => void)[] = []
  const loads: string[] = []
  const changes: string[] = []
  const engines = createEngines({
    idleUnloadMs: 0,
    memory: { available: () => 8 * GB, total: () => 8 * GB },
    spawn: async (role) => new FakeEngine(role, (message, self) => {
      if (message.method === 'embed') return void answers.push(() => self.say({ type: 'result', id: message.id, value: { vectors: [[1]] } }))
      loads.push(`${role} ${message.method}`)
      answering(1, () => self.say({ type: 'result', id: message.id, value: header }))(message, self)
    }),
  })
  await engines.ensureLoaded('image', { path: 'a', needed: 1, builtIn: false })
  engines.onChange(() => changes.push(engines.states().find(({ role }) => role === 'image')!.state))
  const reading = engines.call('image', 'embed', { path: 'a', texts: ['boats'] }, { background: true })
  await expect.poll(() => answers.length).toBe(1)
  // Another model is loaded while the text is still being read.
  await engines.call('image', 'generate', picture)
  await engines.ensureLoaded('image', { path: 'b', needed: 1, builtIn: false })
  expect(loads).toEqual(['image load', 'image generate', 'image unload', 'image load'])
  const before = changes.length
  answers[0]!()
  expect(await reading).toEqual({ vectors: [[1]] })
  expect(changes.length).toBe(before)
  await engines.close()
})

test('a model that nobody uses is unloaded after a while', async () => {
  const engines = createEngines({
    idleUnloadMs: 20,
    memory: { available: () => 8 * GB, total: () => 8 * GB },
    spawn: async (role) => new FakeEngine(role, answering(1, (message, self) => self.say({ type: 'result', id: message.id, value: header }))),
  })
  await engines.ensureLoaded('image', { path: 'a', needed: 1, builtIn: false })
  await engines.call('image', 'generate', picture)
  await expect.poll(() => engines.memory().used, { timeout: 1000 }).toBe(0)
  await engines.close()
})
