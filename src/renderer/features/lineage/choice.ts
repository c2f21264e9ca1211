import type { LineageNode } from '../../../contract/index.js'
import { remember } from '../../state/layout.js'
import { createStore, useStore } from '../../state/store.js'
import { selectVersion } from '../inspector/versions/use-versions.js'

interface Choice {
  readonly item: string
  readonly version: string
  /** The lineage that it was chosen in: that of an item, or of all (null). */
  readonly of: string | null
}

const choice = createStore<Choice | null>(null)

/** The version that was chosen in a lineage. */
export function useLineageChoice(of: string | null): Choice | null {
  const chosen = useStore(choice)
  return chosen?.of === of ? chosen : null
}

/** Chooses a version in a lineage: the inspector shows its recipe. */
export function chooseVersion({ item, id }: Pick<LineageNode, 'item' | 'id'>, of: string | null): void {
  choice.set({ item, version: id, of })
  selectVersion(item, id)
  remember('inspector.tab', 'versions')
}
