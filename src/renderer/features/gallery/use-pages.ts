import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { GalleryEntry, GalleryFilter } from '../../../contract/index.js'
import { studio } from '../../studio.js'

/** Entries of one answer, and of one block of the grid. */
export const pageSize = 100

export interface Pages {
  /** The entry at a place in the order, as far as it was read. */
  readonly at: (index: number) => GalleryEntry | undefined
  readonly page: (number: number) => readonly GalleryEntry[] | undefined
  readonly error: unknown
  readonly retry: () => void
  /** Reads pages that a selection reaches into. */
  readonly read: (from: number, to: number) => Promise<readonly GalleryEntry[]>
}

/** Pages of the gallery: those that are seen, and whatever was read before. */
export function usePages(project: string, show: GalleryFilter, first: number, last: number, isFast: boolean): Pages {
  const queries = useQueryClient()
  const optionsOf = (page: number) => studio.pictures.list.queryOptions({ input: { project, show, offset: page * pageSize, limit: pageSize } })
  // The same list as long as the same pages are seen: the query client sorts its observers anew for another one.
  const wanted = useMemo(
    () => (isFast ? [] : Array.from({ length: last - first + 1 }, (_, index) => ({ ...studio.pictures.list.queryOptions({ input: { project, show, offset: (first + index) * pageSize, limit: pageSize } }), placeholderData: first + index === 0 ? keepPreviousData : undefined }))),
    [project, show, first, last, isFast])
  const answers = useQueries({ queries: wanted })
  const known = new Map<number, readonly GalleryEntry[] | undefined>()
  const page = (number: number): readonly GalleryEntry[] | undefined => {
    if (!known.has(number)) known.set(number, (isFast ? undefined : answers[number - first]?.data?.entries) ?? queries.getQueryData(optionsOf(number).queryKey)?.entries)
    return known.get(number)
  }
  return {
    page,
    at: (index) => page(Math.floor(index / pageSize))?.[index % pageSize],
    error: answers.find((answer) => answer.error)?.error ?? null,
    retry: () => { for (const answer of answers) if (answer.error) void answer.refetch() },
    async read(from, to) {
      const begin = Math.floor(from / pageSize)
      const pages = await Promise.all(Array.from({ length: Math.floor(to / pageSize) - begin + 1 }, (_, index) => queries.fetchQuery(optionsOf(begin + index))))
      return pages.flatMap((one) => one.entries).slice(from - begin * pageSize, to - begin * pageSize + 1)
    },
  }
}
