import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { LineageNode } from '../../../contract/index.js'
import { studio } from '../../studio.js'

export const pageSize = 100
/** Versions of one item that its list shows, with what touches them. */
const mostOfItem = 500

export interface Rows {
  readonly total: number | null
  readonly at: (index: number) => LineageNode | undefined
  /** Rows that were read next to each other around the shown ones, and where the first stands. */
  readonly stretch: { readonly start: number; readonly nodes: readonly LineageNode[] }
  readonly error: unknown
  readonly retry: () => void
}

/** Rows of the list: all versions of a project page by page as they are seen (none while a person flies past), or those of one item at once. */
export function useRows(project: string, item: string | null, first: number, last: number, isFast: boolean): Rows {
  const queries = useQueryClient()
  const one = useQuery({ ...studio.items.lineage.queryOptions({ input: { project, item: item ?? undefined, limit: mostOfItem } }), enabled: item !== null })
  const optionsOf = (page: number) => studio.items.lineage.queryOptions({ input: { project, offset: page * pageSize, limit: pageSize } })
  const [from, to] = [Math.floor(first / pageSize), Math.floor(last / pageSize)]
  const numbers = item === null ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : []
  const answers = useQueries({ queries: (isFast ? [] : numbers).map((page) => ({ ...optionsOf(page), placeholderData: keepPreviousData })) })
  if (item !== null) {
    const nodes = one.data?.nodes ?? []
    return { total: one.data ? nodes.length : null, at: (index) => nodes[index], stretch: { start: 0, nodes }, error: one.error, retry: () => void one.refetch() }
  }
  // Every row asks, and finding an answer by its key is not free.
  const known = new Map<number, readonly LineageNode[] | undefined>()
  const pageOf = (page: number): readonly LineageNode[] | undefined => {
    if (!known.has(page)) known.set(page, queries.getQueryData(optionsOf(page).queryKey)?.nodes)
    return known.get(page)
  }
  const nodes: LineageNode[] = []
  for (const page of numbers) {
    const read = pageOf(page)
    if (!read) break
    nodes.push(...read)
  }
  return {
    total: answers.find((answer) => answer.data)?.data?.total ?? null,
    at: (index) => pageOf(Math.floor(index / pageSize))?.[index % pageSize],
    stretch: { start: from * pageSize, nodes },
    error: answers.find((answer) => answer.error)?.error ?? null,
    retry: () => { for (const answer of answers) if (answer.error) void answer.refetch() },
  }
}
