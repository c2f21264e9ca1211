import type { View } from '../../state/route.js'
import { useLineageChoice } from '../lineage/choice.js'

/** The item that the inspector is about; null where there is none: combining and comparing have panes of their own. */
export function useInspected(view: View): string | null {
  const choice = useLineageChoice(view.type === 'lineage' ? (view.item ?? null) : null)
  if (view.type === 'item') return view.mode === undefined ? view.item : null
  return view.type === 'lineage' ? (choice?.item ?? view.item ?? null) : null
}
