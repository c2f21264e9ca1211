import type { EngineMethods, EngineParams, EngineProgress, EngineResult, EngineRole, EngineState } from '../../contract/index.js'

/** A port to a process: JSON messages both ways. Each shell makes them from what its platform has. */
export interface MessagePortLike {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The other side is gone. */
  onClose(listener: (reason: string) => void): void
  /** Ends the process behind the port. */
  kill(): void
}

/** Given by the shell: starts an engine process of a role. */
export type SpawnEngine = (role: EngineRole) => Promise<MessagePortLike>

export interface CallOptions<R extends EngineRole, M extends keyof EngineMethods<R>> {
  signal?: AbortSignal
  onProgress?: (value: EngineProgress<R, M>) => void
  /**
   * Short work that stands beside the engine's model and not in its way: the engine is not shown as busy, and loading and
   * unloading do not wait for it.
   */
  background?: boolean
}

/**
 * The engines of this computer: started when first asked for, watched, restarted with back-off, stopped after a crash
 * loop, all under one memory budget. Errors: `engine-lost`, `engine-unavailable`, `out-of-memory`, `cancelled`.
 */
export interface Engines {
  call<R extends EngineRole, M extends keyof EngineMethods<R> & string>(
    role: R, method: M, params: EngineParams<R, M>, options?: CallOptions<R, M>,
  ): Promise<EngineResult<R, M>>
  /**
   * Makes sure that this model is the one its engine holds, within the budget; other idle engines' models go first.
   * `needed` is in bytes; `onWait` is told that it waits for memory.
   */
  ensureLoaded(
    role: 'text' | 'image',
    model: { path: string; needed: number; builtIn: boolean; contextSize?: number },
    options?: { signal?: AbortSignal; onWait?: () => void; onProgress?: (share: number) => void },
  ): Promise<void>
  unload(role: 'text' | 'image'): Promise<void>
  states(): readonly EngineState[]
  /** Threads that models run on. */
  readonly threads: number
  memory(): { used: number; allowed: number }
  onChange(listener: () => void): () => void
  close(): Promise<void>
}
