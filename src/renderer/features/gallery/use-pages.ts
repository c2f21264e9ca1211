import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query'
import type { GalleryFilter, GalleryPicture } from '../../../contract/index.js'
import { studio } from '../../studio.js'

/** Pictures of one answer, and of one block of the grid. */
export const pageSize = 100

export interface Pages {
  /** Pictures by place in the order, as far as they were read. */
  readonly at: (index: number) => GalleryPicture | undefined
  readonly page: (number: number) => readonly GalleryPicture[] | undefined
  readonly counts: Readonly<Record<GalleryFilter, number>> | null
  readonly error: unknown
  readonly retry: () => void
  /** Reads pages that a selection reaches into. */
  readonly read: (from: number, to: number) => Promise<readonly GalleryPicture[]>
}

/** Pages of the gallery: those that are seen, and whatever was read before. */
export function usePages(project: string, show: GalleryFilter, wanted: readonly number[]): Pages {
  const queries = useQueryClient()
  const optionsOf = (page: number) => studio.pictures.list.queryOptions({ input: { project, show, offset: page * pageSize, limit: pageSize } })
  // The first page always: it says how many there are.
  const numbers = [...new Set([0, ...wanted])]
  const answers = useQueries({ queries: numbers.map((page) => ({ ...optionsOf(page), placeholderData: page === 0 ? keepPreviousData : undefined })) })
  // Every picture asks, and finding an answer by its key is not free.
  const known = new Map<number, readonly GalleryPicture[]>()
  const page = (number: number): readonly GalleryPicture[] | undefined => {
    const read = known.get(number) ?? (queries.getQueryData(optionsOf(number).queryKey) ?? answers[numbers.indexOf(number)]?.data)?.pictures
    if (read) known.set(number, read)
    return read
  }
  return {
    page,
    at: (index) => page(Math.floor(index / pageSize))?.[index % pageSize],
    counts: answers[0]?.data?.counts ?? null,
    error: answers.find((answer) => answer.error)?.error ?? null,
    retry: () => { for (const answer of answers) if (answer.error) void answer.refetch() },
    async read(from, to) {
      const first = Math.floor(from / pageSize)
      const pages = await Promise.all(Array.from({ length: Math.floor(to / pageSize) - first + 1 }, (_, index) => queries.fetchQuery(optionsOf(first + index))))
      return pages.flatMap((one) => one.pictures).slice(from - first * pageSize, to - first * pageSize + 1)
    },
  }
}
