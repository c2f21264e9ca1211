import { availableParallelism, arch } from 'node:os'
import { StudioError, type EngineRole, type EngineState } from '../../contract/index.js'
import { availableForModels, systemMemory, type MemorySource } from './budget.js'
import { createLoader } from './loader.js'
import { defaultPatience, Supervisor, type Patience } from './supervisor.js'
import type { Engines, SpawnEngine } from './types.js'

export interface EnginesOptions {
  readonly spawn: SpawnEngine
  /** Where the memory figures come from; the system's by default. */
  readonly memory?: MemorySource
  readonly patience?: Partial<Patience>
  /** Threads for models; by default the cores that are useful for arithmetic. */
  readonly threads?: number
  /** A model that nobody used for this long is unloaded, in milliseconds; 0 for never. Ten minutes by default. */
  readonly idleUnloadMs?: number
}

const roles: readonly EngineRole[] = ['text', 'image', 'media']

/** The engines of this computer. Nothing is started before it is asked for. */
export function createEngines({ spawn, memory = systemMemory, patience, threads = usefulThreads(), idleUnloadMs = 600_000 }: EnginesOptions): Engines {
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const inFlight: Record<EngineRole, number> = { text: 0, image: 0, media: 0 }

  const supervisors = Object.fromEntries(roles.map((role) => [
    role, new Supervisor(role, spawn, { ...defaultPatience, ...patience }, { onChange: changed, onLost: () => loader.forget(role) }),
  ])) as Record<EngineRole, Supervisor>

  const track = async <T>(role: EngineRole, work: () => Promise<T>): Promise<T> => {
    inFlight[role]++
    if (inFlight[role] === 1) changed()
    try {
      return await work()
    } finally {
      inFlight[role]--
      if (inFlight[role] === 0) {
        loader.becameIdle(role)
        changed()
      }
    }
  }

  const loader = createLoader({
    memory, threads, idleUnloadMs, changed,
    busy: (role) => inFlight[role] > 0,
    running: (role) => supervisors[role].running,
    call: (role, method, params, options) => track(role, () => supervisors[role].call(method, params, options ?? {})),
  })

  return {
    async call(role, method, params, options) {
      if (options?.signal?.aborted) throw new StudioError('cancelled', {})
      // The connection has checked progress and result against the schemas of this very method.
      const onProgress = options?.onProgress as ((value: unknown) => void) | undefined
      const call = () => supervisors[role].call(method, params, { signal: options?.signal, onProgress })
      if (options?.background) return (await call()) as never
      const work = track(role, call)
      loader.used(role)
      return (await work) as never
    },
    ensureLoaded: loader.ensureLoaded,
    unload: loader.unload,
    threads,
    states: () => roles.map((role): EngineState => {
      const { state, detail } = supervisors[role]
      const loaded = loader.loaded(role)
      const shown = state === 'ready' && inFlight[role] > 0 ? 'busy' : state
      return { role, state: shown, model: loaded?.path ?? null, residentBytes: loaded?.residentBytes ?? 0, detail }
    }),
    memory: () => {
      const used = roles.reduce((sum, role) => sum + (loader.loaded(role)?.residentBytes ?? 0), 0)
      return { used, allowed: used + availableForModels(memory) }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      loader.close()
      for (const supervisor of Object.values(supervisors)) supervisor.close()
      listeners.clear()
    },
  }
}

/**
 * On most desktop processors two logical cores share one unit for arithmetic; a second thread there only gets in the way.
 * On few cores one is left to the window: threads of an engine wait for each other at each layer, so that all of them
 * stand still whenever one of them has to give way.
 */
function usefulThreads(): number {
  const cores = availableParallelism()
  return Math.max(1, cores > 4 && arch() === 'x64' ? Math.floor(cores / 2) : cores - 1)
}
