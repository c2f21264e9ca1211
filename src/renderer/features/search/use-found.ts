import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { MeaningState, SearchHit } from '../../../contract/index.js'
import { studio } from '../../studio.js'

/** Quiet time after the last key before core is asked; for meaning a word should be whole, and reading it costs an engine something. */
const quietMs = 120
const quietForMeaningMs = 280
const fewest = 2

/** How much of what is found is shown. */
interface Most { readonly words: number; readonly meaning: number }

export interface Found {
  /** Where the words are. */
  readonly words: readonly SearchHit[]
  /** Passages that say something like it; what was found by its words is not here again. */
  readonly meaning: readonly SearchHit[]
  /** The hits are those of other words, or none yet. */
  readonly isPending: boolean
  readonly isMeaningPending: boolean
  /** Whether the project can be searched by meaning; undefined until it is known. */
  readonly state: MeaningState | undefined
}

function useQuiet(words: string, ms: number): string {
  const [asked, setAsked] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), ms)
    return () => clearTimeout(timer)
  }, [words, ms])
  return asked
}

/** One way of searching. Never kept: every opening asks anew, because texts are typed meanwhile. */
function useHits(project: string, words: string, by: 'words' | 'meaning', { limit, wait, isOn }: { limit: number; wait: number; isOn: boolean }) {
  const asked = useQuiet(words, wait)
  const isWanted = isOn && words.length >= fewest
  const query = useQuery({
    ...studio.search.query.queryOptions({ input: { project, words: asked, by, limit } }),
    enabled: isOn && asked.length >= fewest, staleTime: 0, gcTime: 0, placeholderData: keepPreviousData,
  })
  return { hits: (isWanted && query.data?.hits) || [], isPending: isWanted && (asked !== words || query.isFetching) }
}

const placeOf = ({ where, item }: SearchHit): string => `${where} ${item}`

/** What is found in texts, titles, prompts, comments and tags, by the words and by their meaning. */
export function useFound(project: string, words: string, most: Most): Found {
  const { data: state } = useQuery(studio.search.meaning.queryOptions({ input: { project } }))
  const isOn = state?.state === 'reading' || state?.state === 'ready'
  const byWords = useHits(project, words, 'words', { limit: most.words, wait: quietMs, isOn: true })
  const byMeaning = useHits(project, words, 'meaning', { limit: most.words + most.meaning, wait: quietForMeaningMs, isOn })
  const known = new Set(byWords.hits.map(placeOf))
  return {
    words: byWords.hits, isPending: byWords.isPending, state,
    meaning: byMeaning.hits.filter((hit) => !known.has(placeOf(hit))).slice(0, most.meaning),
    isMeaningPending: byMeaning.isPending,
  }
}
