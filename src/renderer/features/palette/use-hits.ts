import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SearchHit } from '../../../contract/index.js'
import { studio } from '../../studio.js'

/** Quiet time after the last key before core is asked. */
const quietMs = 120
const fewest = 2
const most = 20

interface Hits {
  readonly hits: readonly SearchHit[]
  /** The hits are those of other words, or none yet. */
  readonly isPending: boolean
}

/** Where the words are in texts, prompts, comments and tags. Never kept: every opening asks anew, because texts are typed meanwhile. */
export function useHits(project: string, words: string): Hits {
  const [asked, setAsked] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), quietMs)
    return () => clearTimeout(timer)
  }, [words])
  const isWanted = words.length >= fewest
  const query = useQuery({
    ...studio.search.query.queryOptions({ input: { project, words: asked, limit: most } }),
    enabled: asked.length >= fewest, staleTime: 0, gcTime: 0, placeholderData: keepPreviousData,
  })
  return { hits: (isWanted && query.data?.hits) || [], isPending: isWanted && (asked !== words || query.isFetching) }
}
