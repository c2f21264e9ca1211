import { implement, ORPCError } from '@orpc/server'
import { contract, StudioError, toErrorRecord } from '../../contract/index.js'

/** What handlers know of who calls. Absent where nobody can go away: in tests and in the command line. */
export interface CallContext {
  readonly caller?: Caller
}

/** One page, as long as its connection lasts. */
export interface Caller {
  /** Runs `work` once the page has gone away, unless it was called off; one work for each key. */
  whenGone(key: string, work: () => void): void
  callOff(key: string): void
}

/**
 * The implementer that all handlers are made from. It turns what handlers throw into the contract's errors, so that a
 * page never sees a stack or a path that it did not ask for.
 */
export const studio = implement(contract).$context<CallContext>().use(async ({ next }) => {
  try {
    return await next()
  } catch (error) {
    if (error instanceof ORPCError) throw error
    const record = toErrorRecord(error)
    if (!(error instanceof StudioError)) console.error('[core]', error)
    throw new ORPCError(record.code, { data: record.data, message: record.code, defined: true })
  }
})
