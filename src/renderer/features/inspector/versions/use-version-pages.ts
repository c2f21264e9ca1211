import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { VersionSummary } from '../../../../contract/index.js'
import { studio } from '../../../studio.js'

const pageSize = 100

export interface VersionPages {
  /** The version at a place in the list, newest first, as far as it was read. */
  readonly at: (index: number) => VersionSummary | undefined
  /** Versions that were read next to each other around the shown ones, and where the first stands. */
  readonly stretch: { readonly start: number; readonly versions: readonly VersionSummary[] }
  /** Reads as far as a key leads. */
  readonly read: (index: number) => Promise<VersionSummary | undefined>
}

/** Versions of an item, page by page as they are seen; none while a person flies past. */
export function useVersionPages(project: string, item: string, first: number, last: number, isFast: boolean): VersionPages {
  const queries = useQueryClient()
  const optionsOf = (page: number) => studio.items.versions.queryOptions({ input: { project, item, offset: page * pageSize, limit: pageSize } })
  const [from, to] = [Math.floor(first / pageSize), Math.max(Math.floor(first / pageSize), Math.floor(last / pageSize))]
  const wanted = useMemo(
    () => (isFast ? [] : Array.from({ length: to - from + 1 }, (_, index) => ({ ...studio.items.versions.queryOptions({ input: { project, item, offset: (from + index) * pageSize, limit: pageSize } }), placeholderData: keepPreviousData }))),
    [project, item, from, to, isFast])
  useQueries({ queries: wanted })
  const known = new Map<number, readonly VersionSummary[] | undefined>()
  const pageOf = (page: number): readonly VersionSummary[] | undefined => {
    if (!known.has(page)) known.set(page, queries.getQueryData(optionsOf(page).queryKey)?.versions)
    return known.get(page)
  }
  const versions: VersionSummary[] = []
  for (let page = from; page <= to; page++) {
    const read = pageOf(page)
    if (!read) break
    versions.push(...read)
  }
  return {
    at: (index) => pageOf(Math.floor(index / pageSize))?.[index % pageSize],
    stretch: { start: from * pageSize, versions },
    read: async (index) => (await queries.fetchQuery(optionsOf(Math.floor(index / pageSize)))).versions[index % pageSize],
  }
}
