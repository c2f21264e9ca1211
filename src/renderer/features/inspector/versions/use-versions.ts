import { useInfiniteQuery } from '@tanstack/react-query'
import { createStore, useStore } from '../../../state/store.js'
import { studio } from '../../../studio.js'

const page = 100

/** Versions of an item, newest first, page by page. */
export function useVersions(project: string, item: string) {
  const query = useInfiniteQuery(studio.items.versions.infiniteOptions({
    input: (before: number | undefined) => (before === undefined ? { project, item, limit: page } : { project, item, limit: page, before }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, one) => sum + one.versions.length, 0)
      return last.versions.length > 0 && shown < last.total ? last.versions.at(-1)?.ordinal : undefined
    },
  }))
  const versions = (query.data?.pages ?? []).flatMap((one) => one.versions).filter((version) => !version.hidden)
  return { query, versions, total: query.data?.pages[0]?.total ?? 0 }
}

const selected = createStore<Readonly<Record<string, string>>>({})

/** The version of an item that the inspector is about: the one that was chosen, else the newest. */
export function useSelectedVersion(item: string): [string | null, (version: string) => void] {
  const chosen = useStore(selected)[item] ?? null
  return [chosen, (version) => selectVersion(item, version)]
}

export const selectedVersion = (item: string): string | null => selected.get()[item] ?? null

export function selectVersion(item: string, version: string): void {
  selected.set((before) => ({ ...before, [item]: version }))
}
