import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ItemSummary } from '../../contract/index.js'
import { buildTree, type DeskNode } from '../features/desk/tree.js'
import { studio } from '../studio.js'
import { shareItems, type DeskAnswer } from './share-items.js'

const none: readonly ItemSummary[] = []
const noTree: readonly DeskNode[] = []

const trees = new WeakMap<DeskAnswer, readonly DeskNode[]>()

/** The rows of an answer, made once: many parts of the window ask for the same ones. */
function treeOf(answer: DeskAnswer): readonly DeskNode[] {
  const tree = trees.get(answer) ?? buildTree(answer.items, answer.folders)
  trees.set(answer, tree)
  return tree
}

/** Items and folders of a project, as a list and as the desk's rows. */
export function useDesk(project: string) {
  const query = useQuery({ ...studio.items.list.queryOptions({ input: { project } }), placeholderData: keepPreviousData, structuralSharing: shareItems })
  const { data } = query
  return { query, items: data?.items ?? none, get tree(): readonly DeskNode[] { return data ? treeOf(data) : noTree } }
}
