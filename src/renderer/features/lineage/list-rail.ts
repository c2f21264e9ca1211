import { layoutRail, type RailRow } from '../inspector/versions/rail-layout.js'
import type { Folds } from './folds.js'
import type { Nodes } from './use-rows.js'

/** The rail of rows next to each other. A run, and what was not read yet, lets lines pass and has none of its own. */
export function railOfRows(folds: Folds, nodes: Nodes, from: number, to: number): readonly RailRow[] {
  return layoutRail(Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => {
    const row = folds.at(from + place)
    const node = row.type === 'version' ? nodes.at(row.index) : undefined
    return node ? { id: node.id, parents: node.madeFrom } : { id: `row-${from + place}`, parents: [] }
  }))
}
