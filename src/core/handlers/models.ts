import type { Services } from '../services.js'
import { studio } from './base.js'

export function modelHandlers({ models, engines, events }: Services) {
  return {
    list: studio.models.list.handler(() => models.list()),
    add: studio.models.add.handler(async ({ input }) => {
      const added = await models.add(input.path)
      events.publish({ type: 'models.changed' })
      return added
    }),
    forget: studio.models.forget.handler(async ({ input }) => {
      await models.forget(input.model)
      events.publish({ type: 'models.changed' })
      return {}
    }),
    unload: studio.models.unload.handler(async ({ input }) => {
      const loaded = (await models.list()).find((one) => one.id === input.model && one.loaded)
      if (loaded && loaded.kind !== 'embedding') await engines.unload(loaded.kind)
      return {}
    }),
  }
}
