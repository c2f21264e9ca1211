import {
  engines, StudioError, toEngine, toErrorRecord,
  type EngineMethods, type EngineParams, type EngineProgress, type EngineResult, type EngineRole, type FromEngine,
} from '../contract/index.js'
import type { EnginePort } from './port.js'
import { createThrottle } from './throttle.js'

export interface HandlerOptions<R extends EngineRole, M extends keyof EngineMethods<R>> {
  /** Aborted when core cancels the request: stop soon, and give back what there is or throw. */
  signal: AbortSignal
  onProgress: (value: EngineProgress<R, M>) => void
}

/** One function for each method of the role; a missing one does not compile. */
export type EngineHandlers<R extends EngineRole> = {
  [M in keyof EngineMethods<R>]: (params: EngineParams<R, M>, options: HandlerOptions<R, M>) => Promise<EngineResult<R, M>>
}

/** How progress that came too fast is put together; the newest wins where a method is not named. */
export type ProgressMerges<R extends EngineRole> = {
  [M in keyof EngineMethods<R>]?: (earlier: EngineProgress<R, M>, later: EngineProgress<R, M>) => EngineProgress<R, M>
}

/**
 * Serves a role over a port: checks every request, runs it with its own abort signal, and answers with the result or
 * the error as a record. Requests run side by side; a role that cannot do that orders them itself.
 * `build` says which engine this is, for recipes and for the list of engines.
 */
export function serveEngine<R extends EngineRole>(
  role: R, handlers: EngineHandlers<R>, port: EnginePort, options: { build: string; merges?: ProgressMerges<R> },
): void {
  const running = new Map<number, AbortController>()
  const post = (message: FromEngine) => port.post(message)

  port.onMessage((raw) => {
    const parsed = toEngine.safeParse(raw)
    // Without an id there is nobody to answer; core's own timeouts notice.
    if (!parsed.success) return
    const message = parsed.data
    if (message.type === 'ping') post({ type: 'pong', id: message.id })
    else if (message.type === 'cancel') running.get(message.id)?.abort()
    else void answer(message.id, message.method, message.params)
  })

  async function answer(id: number, method: string, rawParams: unknown): Promise<void> {
    const abort = new AbortController()
    running.set(id, abort)
    // Method and parameters are parsed here; the types below are those of the parsed method.
    const merge = (options.merges as Record<string, Merge | undefined> | undefined)?.[method]
    const progress = createThrottle<unknown>((value) => post({ type: 'progress', id, value }), merge)
    try {
      const methods = engines[role] as Record<string, { params: ParamsSchema }>
      const definition = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (!definition) throw new StudioError('not-supported', { detail: `the ${role} engine has no method ${method}` })
      const params = definition.params.safeParse(rawParams)
      if (!params.success) throw new StudioError('bad-input', { detail: `${method}: ${params.error.message}` })
      const handle = (handlers as Record<string, (params: unknown, options: unknown) => Promise<unknown>>)[method]
      if (!handle) throw new StudioError('not-supported', { detail: `the ${role} engine has no method ${method}` })
      const value = await handle(params.data, { signal: abort.signal, onProgress: (value: unknown) => progress.push(value) })
      progress.flush()
      post({ type: 'result', id, value })
    } catch (error) {
      progress.flush()
      post({ type: 'error', id, error: toErrorRecord(abort.signal.aborted && isAbort(error) ? new StudioError('cancelled', {}) : error) })
    } finally {
      running.delete(id)
    }
  }

  port.onClose(() => process.exit(0))
  post({ type: 'ready', role, build: options.build })
}

type Merge = (earlier: unknown, later: unknown) => unknown
interface ParamsSchema { safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: Error } }

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
