import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ItemSummary } from '../../contract/index.js'
import { buildTree, type DeskNode } from '../features/desk/tree.js'
import { studio } from '../studio.js'

const none: readonly ItemSummary[] = []

/** Items and folders of a project, as a list and as the desk's rows. */
export function useDesk(project: string) {
  const query = useQuery({ ...studio.items.list.queryOptions({ input: { project } }), placeholderData: keepPreviousData })
  const tree = useMemo((): readonly DeskNode[] => (query.data ? buildTree(query.data.items, query.data.folders) : []), [query.data])
  return { query, tree, items: query.data?.items ?? none }
}
