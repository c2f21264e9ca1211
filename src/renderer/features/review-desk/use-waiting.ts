import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { studio } from '../../studio.js'

/** What was sent to review and has no standing decision of mine, the longest waiting first. */
export function useWaiting(project: string) {
  const query = useQuery({ ...studio.review.waiting.queryOptions({ input: { project } }), placeholderData: keepPreviousData })
  return { query, waiting: [...(query.data ?? [])].sort((a, b) => a.since - b.since) }
}

export type Waiting = ReturnType<typeof useWaiting>['waiting'][number]
