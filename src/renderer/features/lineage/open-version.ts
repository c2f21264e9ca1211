import type { LineageNode } from '../../../contract/index.js'
import { showView } from '../../state/route.js'
import { selectVersion } from '../inspector/versions/use-versions.js'

/** Goes to the item of a version, with that version chosen. */
export function openVersion({ item, id }: Pick<LineageNode, 'item' | 'id'>): void {
  selectVersion(item, id)
  showView({ type: 'item', item })
}
