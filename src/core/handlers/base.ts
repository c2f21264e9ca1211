import { implement, ORPCError } from '@orpc/server'
import { contract, StudioError, toErrorRecord } from '../../contract/index.js'

/**
 * The implementer that all handlers are made from. It turns what handlers throw into the contract's errors, so that a
 * page never sees a stack or a path that it did not ask for.
 */
export const studio = implement(contract).use(async ({ next }) => {
  try {
    return await next()
  } catch (error) {
    if (error instanceof ORPCError) throw error
    const record = toErrorRecord(error)
    if (!(error instanceof StudioError)) console.error('[core]', error)
    throw new ORPCError(record.code, { data: record.data, message: record.code, defined: true })
  }
})
