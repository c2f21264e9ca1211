import type { FactId } from '../../contract/index.js'
import type { ProjectReader } from '../project/index.js'

/** Facts never change [FACT1], so how many pieces a proposal has is read once for each opening of a project. */
const known = new WeakMap<ProjectReader, Map<FactId, { item: FactId; pieces: number }>>()

/** How many proposals with undecided pieces each item has. */
export function countOpenProposals(project: ProjectReader): ReadonlyMap<FactId, number> {
  const sizes = known.get(project) ?? new Map<FactId, { item: FactId; pieces: number }>()
  known.set(project, sizes)
  const counts = new Map<FactId, number>()
  for (const { id, outcomes } of project.proposalTallies()) {
    let size = sizes.get(id)
    if (!size) {
      const found = project.fact('proposal', id)
      if (!found) continue
      sizes.set(id, (size = { item: found.fact.item, pieces: found.fact.pieces.length }))
    }
    if (outcomes < size.pieces) counts.set(size.item, (counts.get(size.item) ?? 0) + 1)
  }
  return counts
}
