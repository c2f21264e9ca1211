import { useQueries } from '@tanstack/react-query'
import type { VersionSummary } from '../../../../contract/index.js'
import { studio } from '../../../studio.js'

/** The chosen version of an item and those that it was made from, wherever they stand in a long list. `newest`: versions that were read already. */
export function useChosen(project: string, chosen: string | null, newest: readonly VersionSummary[]): { readonly selected: VersionSummary | null; readonly known: readonly VersionSummary[] } {
  const find = (id: string): VersionSummary | undefined => newest.find((version) => version.id === id)
  const asked = chosen !== null && !find(chosen) ? [chosen] : []
  const [own] = useQueries({ queries: asked.map((version) => studio.items.version.queryOptions({ input: { project, version } })) })
  const selected = (chosen === null ? undefined : (find(chosen) ?? own?.data)) ?? newest[0] ?? null
  const parents = useQueries({ queries: (selected?.parents ?? []).filter((id) => !find(id)).map((version) => studio.items.version.queryOptions({ input: { project, version } })) })
  return { selected, known: [...newest, ...(selected && !find(selected.id) ? [selected] : []), ...parents.flatMap(({ data }) => data ?? [])] }
}
