import type { Services } from '../services.js'
import { studio } from './base.js'

export function modelHandlers({ models }: Services) {
  return {
    list: studio.models.list.handler(() => models.list()),
    add: studio.models.add.handler(({ input }) => models.add(input.path)),
    forget: studio.models.forget.handler(async ({ input }) => {
      await models.forget(input.model)
      return {}
    }),
    unload: studio.models.unload.handler(async ({ input }) => {
      await models.unload(input.model)
      return {}
    }),
  }
}
