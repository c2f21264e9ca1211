import { StudioError } from '../../contract/index.js'
import type { EngineHandlers } from '../host.js'
import { inspectTextModel } from './inspect.js'
import { createPool, type Pool } from './pool.js'
import { describeSession, openSession, type Session } from './session.js'
import { write } from './write.js'

/**
 * The methods of the text engine. One model is loaded at a time; loading and unloading wait for writing to end.
 * Without a loaded model `write` fails with `model-missing`.
 */
export function createTextHandlers(): EngineHandlers<'text'> {
  let loaded: { session: Session; pool: Pool } | null = null
  let changing: Promise<unknown> = Promise.resolve()

  /** Loads and unloads one after the other. */
  const change = <T>(work: () => Promise<T>): Promise<T> => {
    const result = changing.then(work, work)
    changing = result.catch(() => {})
    return result
  }

  const close = async () => {
    const current = loaded
    if (!current) return
    loaded = null
    await current.pool.drained()
    await current.session.context.dispose()
    await current.session.model.dispose()
  }

  return {
    inspect: ({ path }) => inspectTextModel(path),

    load: (params, { signal, onProgress }) => change(async () => {
      signal.throwIfAborted()
      if (loaded && sameLoad(loaded.session.params, params)) return describeSession(loaded.session)
      await close()
      const session = await openSession(params, { signal, onProgress: (share) => onProgress({ share }) })
      loaded = { session, pool: createPool(session.sequences) }
      return describeSession(session)
    }),

    unload: () => change(async () => {
      await close()
      return {}
    }),

    write: async (request, options) => {
      await changing
      if (!loaded) throw new StudioError('model-missing', { model: '', next: 'load a text model first' })
      const { session, pool } = loaded
      return await write(session, pool, request, options)
    },
  }
}

function sameLoad<T extends object>(one: T, other: T): boolean {
  return (Object.keys(one) as (keyof T)[]).every((key) => one[key] === other[key])
}
