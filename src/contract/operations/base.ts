import { oc } from '@orpc/contract'
import { studioErrorData } from '../errors.js'

const errors = Object.fromEntries(Object.entries(studioErrorData).map(([code, data]) => [code, { data }])) as {
  [C in keyof typeof studioErrorData]: { data: (typeof studioErrorData)[C] }
}

/** Every operation is made from this: it can fail with any error of the closed list, and with no other. */
export const operation = oc.errors(errors)
