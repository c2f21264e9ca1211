import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { LineageNode } from '../../../contract/index.js'
import { studio } from '../../studio.js'

const pageSize = 100
/** Versions of one item that its list shows, with what touches them. */
const mostOfItem = 500
const none: readonly never[] = []

/** What the list is made of: how many versions, which of them stand as one row, and where months begin. */
export function useOutline(project: string, item: string | null) {
  const all = useQuery({ ...studio.items.outline.queryOptions({ input: { project } }), enabled: item === null, placeholderData: keepPreviousData })
  const one = useQuery({ ...studio.items.lineage.queryOptions({ input: { project, item: item ?? undefined, limit: mostOfItem } }), enabled: item !== null, placeholderData: keepPreviousData })
  const { error, refetch } = item === null ? all : one
  return {
    total: (item === null ? all.data?.total : one.data?.nodes.length) ?? null,
    runs: (item === null ? all.data?.runs : null) ?? none,
    months: (item === null ? all.data?.months : null) ?? none,
    error,
    retry: () => void refetch(),
  }
}

export interface Nodes {
  /** The version at a place in the order, as far as it was read. */
  readonly at: (index: number) => LineageNode | undefined
  readonly read: (index: number) => Promise<LineageNode | undefined>
}

/** Versions of a project page by page as they are seen (none while a person flies past), or those of one item at once. `pages`: numbers, joined by commas. */
export function useNodes(project: string, item: string | null, pages: string, isFast: boolean): Nodes {
  const queries = useQueryClient()
  const one = useQuery({ ...studio.items.lineage.queryOptions({ input: { project, item: item ?? undefined, limit: mostOfItem } }), enabled: item !== null, placeholderData: keepPreviousData })
  const optionsOf = (page: number) => studio.items.lineage.queryOptions({ input: { project, offset: page * pageSize, limit: pageSize } })
  const wanted = useMemo(
    () => (isFast || item !== null || pages === '' ? [] : pages.split(',').map((page) => ({ ...studio.items.lineage.queryOptions({ input: { project, offset: Number(page) * pageSize, limit: pageSize } }), placeholderData: keepPreviousData }))),
    [project, item, pages, isFast])
  useQueries({ queries: wanted })
  // Every row asks, and finding an answer by its key is not free.
  const known = new Map<number, readonly LineageNode[] | undefined>()
  const pageOf = (page: number): readonly LineageNode[] | undefined => {
    if (!known.has(page)) known.set(page, queries.getQueryData(optionsOf(page).queryKey)?.nodes)
    return known.get(page)
  }
  const nodes = one.data?.nodes
  return {
    at: (index) => (item === null ? pageOf(Math.floor(index / pageSize))?.[index % pageSize] : nodes?.[index]),
    read: async (index) => (item === null ? (await queries.fetchQuery(optionsOf(Math.floor(index / pageSize)))).nodes[index % pageSize] : nodes?.[index]),
  }
}

/** Numbers of the pages that these versions stand on. */
export function pagesOf(indexes: readonly number[]): string {
  return [...new Set(indexes.map((index) => Math.floor(index / pageSize)))].join()
}
