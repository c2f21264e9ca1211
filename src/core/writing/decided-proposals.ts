import type { FactId, FactOf, VersionSummary } from '../../contract/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'

/** A proposal of an item with when its pieces were decided. */
export interface DecidedProposal {
  readonly id: FactId
  readonly recipe: FactOf<'proposal'>['recipe']
  readonly pieces: number
  readonly outcomes: readonly { readonly at: number; readonly accepted: boolean }[]
}

/** Read once for a list of versions, since proposals are large. */
export function decidedProposals(project: ProjectReader, item: FactId): readonly DecidedProposal[] {
  return project.factsOf('proposal', item).map(({ id, fact }) => ({
    id, recipe: fact.recipe, pieces: fact.pieces.length,
    outcomes: project.outcomes(id).map(({ fact: { at, outcome } }) => ({ at, accepted: outcome === 'accepted' })),
  }))
}

/** Proposals of which a piece was decided after a version's parents and up to it; the last outcome has the version's own time. */
export function proposalsOf(project: ProjectReader, { fact, content }: VersionRow, decided: readonly DecidedProposal[]): NonNullable<VersionSummary['proposals']> {
  if (content.type !== 'text' || fact.recipe.by !== 'hand') return []
  const since = Math.max(0, ...fact.parents.map((parent) => project.version(parent)?.fact.at ?? 0))
  return decided
    .filter(({ outcomes }) => outcomes.some(({ at }) => at > since && at <= fact.at))
    .map(({ id, recipe, pieces, outcomes }) => ({ id, recipe, pieces, accepted: outcomes.filter(({ at, accepted }) => accepted && at <= fact.at).length }))
}
