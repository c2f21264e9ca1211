import { ORPCError, type ClientLink } from '@orpc/client'
import { fromErrorRecord, studioErrorData } from '../../contract/index.js'
import { whileOpen, type Connection } from './connection.js'
import { ConnectionLost, isConnectionError } from './lost.js'

type Plain = Record<never, never>

/**
 * Sends each call through whatever channel is open. Errors: `StudioError`, `ConnectionLost`, `NotConnected`, or the
 * signal's reason where the caller gave up.
 */
export function createLink(connection: Connection): ClientLink<Plain> {
  return {
    async call(path, input, options) {
      const channel = await connection.channel(options.signal)
      try {
        return await whileOpen(channel, channel.link.call(path, input, options))
      } catch (error) {
        if (options.signal?.aborted) throw options.signal.reason
        // What is not an answer of core is the transport's: a moment later it is known whether the channel was lost.
        if (error instanceof ORPCError || isConnectionError(error)) throw toStudioError(error)
        await new Promise((resolve) => setTimeout(resolve))
        throw channel.isLost() ? new ConnectionLost() : toStudioError(error)
      }
    },
  }
}

/** The contract's error as `StudioError`; anything else of the transport becomes `internal`. */
export function toStudioError(error: unknown): unknown {
  if (isConnectionError(error)) return error
  if (!(error instanceof ORPCError)) return fromErrorRecord({ code: 'internal', data: { detail: error instanceof Error ? error.message : String(error) } })
  if (error.code in studioErrorData) return fromErrorRecord({ code: error.code, data: (error.data ?? {}) as Record<string, unknown> })
  if (error.code === 'BAD_REQUEST') return fromErrorRecord({ code: 'bad-input', data: { detail: error.message } })
  return fromErrorRecord({ code: 'internal', data: { detail: error.message } })
}
