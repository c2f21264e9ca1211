import { StudioError, type EngineRole } from '../../contract/index.js'
import { mayLoad, requireRoom, type MemorySource } from './budget.js'
import type { RawCallOptions } from './connection.js'
import { createGate } from './gate.js'
import type { Engines } from './types.js'

type ModelRole = 'text' | 'image'
type Model = Parameters<Engines['ensureLoaded']>[1]
type Options = NonNullable<Parameters<Engines['ensureLoaded']>[2]>

interface Loaded { readonly path: string; readonly contextSize: number; readonly residentBytes: number }

interface Surroundings {
  readonly memory: MemorySource
  readonly threads: number
  readonly idleUnloadMs: number
  changed(): void
  busy(role: EngineRole): boolean
  running(role: EngineRole): boolean
  call(role: EngineRole, method: string, params: unknown, options?: RawCallOptions): Promise<unknown>
}

/** A model that was just made ready is not taken away again before its caller could use it. */
const claimMs = 500
const defaultContextSize = 4096
const modelRoles: readonly ModelRole[] = ['text', 'image']

/**
 * Which model each engine holds, under one budget: one model per engine, loads one after the other, idle models of
 * other engines go first.
 */
export function createLoader(surroundings: Surroundings) {
  const { memory } = surroundings
  const models = new Map<EngineRole, Loaded>()
  const claims = new Map<EngineRole, NodeJS.Timeout>()
  const idleTimers = new Map<EngineRole, NodeJS.Timeout>()
  const gate = createGate()
  const wakers = new Set<() => void>()

  const wake = () => {
    for (const waker of [...wakers]) waker()
  }
  const inUse = (role: EngineRole) => surroundings.busy(role) || claims.has(role)
  const residentBytes = (role: EngineRole) => models.get(role)?.residentBytes ?? 0
  const holds = (role: ModelRole, model: Model) => {
    const loaded = models.get(role)
    return loaded !== undefined && loaded.path === model.path && (role !== 'text' || loaded.contextSize >= (model.contextSize ?? defaultContextSize))
  }

  function claim(role: EngineRole): void {
    release(role)
    claims.set(role, setTimeout(() => release(role), claimMs).unref())
  }

  function release(role: EngineRole): void {
    clearTimeout(claims.get(role))
    claims.delete(role)
    if (!surroundings.busy(role)) becameIdle(role)
  }

  function becameIdle(role: EngineRole): void {
    clearTimeout(idleTimers.get(role))
    if (surroundings.idleUnloadMs > 0 && models.has(role)) {
      idleTimers.set(role, setTimeout(() => {
        gate.pass(async () => {
          if (!inUse(role)) await unload(role as ModelRole)
        }).catch(() => {})
      }, surroundings.idleUnloadMs).unref())
    }
    wake()
  }

  /** Waits until the engine works on nothing. Errors: `cancelled`. */
  async function untilIdle(role: EngineRole, signal: AbortSignal | undefined): Promise<void> {
    while (inUse(role)) {
      if (signal?.aborted) throw new StudioError('cancelled', {})
      await new Promise<void>((resolve) => {
        const done = () => {
          wakers.delete(done)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        wakers.add(done)
        signal?.addEventListener('abort', done, { once: true })
      })
    }
    if (signal?.aborted) throw new StudioError('cancelled', {})
  }

  async function unload(role: ModelRole): Promise<void> {
    clearTimeout(idleTimers.get(role))
    if (!models.has(role)) return
    if (surroundings.running(role)) await surroundings.call(role, 'unload', {})
    models.delete(role)
    surroundings.changed()
  }

  /** Takes models of other engines away, idle ones first, until the model fits. */
  async function makeRoom(role: ModelRole, model: Model, { signal, onWait }: Options): Promise<void> {
    const others = modelRoles.filter((other) => other !== role && models.has(other))
    const freeable = others.reduce((sum, other) => sum + residentBytes(other), 0)
    requireRoom(model, freeable, memory)
    for (const other of others.sort((one, two) => Number(inUse(one)) - Number(inUse(two)))) {
      if (mayLoad(model, 0, memory)) return
      onWait?.()
      await untilIdle(other, signal)
      await unload(other)
    }
    requireRoom(model, 0, memory)
  }

  async function load(role: ModelRole, model: Model, options: Options): Promise<void> {
    // Asked before anything is waited for or taken away: what cannot fit in any case must not cost the model that is there.
    if (!holds(role, model)) requireRoom(model, modelRoles.reduce((sum, each) => sum + residentBytes(each), 0), memory)
    await untilIdle(role, options.signal)
    if (holds(role, model)) return
    await unload(role)
    await makeRoom(role, model, options)
    const contextSize = model.contextSize ?? defaultContextSize
    const params = role === 'text'
      ? { path: model.path, contextSize, threads: surroundings.threads, sequences: 1 }
      : { path: model.path, threads: surroundings.threads }
    const result = (await surroundings.call(role, 'load', params, {
      signal: options.signal,
      onProgress: (value) => options.onProgress?.((value as { share: number }).share),
    })) as { residentBytes: number }
    models.set(role, { path: model.path, contextSize, residentBytes: result.residentBytes })
    surroundings.changed()
  }

  return {
    async ensureLoaded(role: ModelRole, model: Model, options: Options = {}): Promise<void> {
      if (options.signal?.aborted) throw new StudioError('cancelled', {})
      // The short way is only for times when nobody waits for memory: else one engine could hold it for ever.
      if (!(gate.free && holds(role, model))) await gate.pass(() => load(role, model, options), options.signal)
      claim(role)
    },
    unload: (role: ModelRole) => gate.pass(async () => {
      await untilIdle(role, undefined)
      await unload(role)
    }),
    loaded: (role: EngineRole) => models.get(role),
    /** A request for the model has begun. */
    used: (role: EngineRole) => {
      if (claims.has(role)) release(role)
    },
    becameIdle,
    /** The process is gone, and its model with it. */
    forget: (role: EngineRole) => {
      models.delete(role)
      clearTimeout(claims.get(role))
      claims.delete(role)
      wake()
    },
    close: () => {
      for (const timer of [...claims.values(), ...idleTimers.values()]) clearTimeout(timer)
    },
  }
}
