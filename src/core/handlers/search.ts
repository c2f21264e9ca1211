import type { Services } from '../services.js'
import { studio } from './base.js'

export function searchHandlers({ projects, search }: Services) {
  return {
    query: studio.search.query.handler(async ({ input }) => {
      const { handle } = projects.get(input.project)
      await search.follower.caughtUp()
      return { hits: search.index.query(handle, input.words, { limit: input.limit }), meaningAvailable: false }
    }),
  }
}
