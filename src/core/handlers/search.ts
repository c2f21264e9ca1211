import type { Services } from '../services.js'
import { studio } from './base.js'

export function searchHandlers({ projects, search }: Services) {
  return {
    query: studio.search.query.handler(async ({ input: { project, words, by, limit }, signal }) => {
      const { handle } = projects.get(project)
      await search.follower.caughtUp()
      return { hits: by === 'words' ? search.index.query(handle, words, { limit }) : await search.meaning.query(handle, words, { limit, signal }) }
    }),
    meaning: studio.search.meaning.handler(async ({ input }) => {
      const { handle } = projects.get(input.project)
      return search.meaning.state(handle)
    }),
  }
}
