import { QueryClient } from '@tanstack/react-query'

/**
 * Answers stay fresh until an event says otherwise (`freshness.ts`). Nothing is asked again by itself: core is on this
 * computer, so being offline, coming back to the window or a failure say nothing about an answer.
 */
export function createQueries(): QueryClient {
  const always = { networkMode: 'always', retry: false } as const
  return new QueryClient({
    defaultOptions: {
      queries: { ...always, staleTime: Infinity, gcTime: 10 * 60_000, refetchOnWindowFocus: false, refetchOnReconnect: false },
      mutations: always,
    },
  })
}
