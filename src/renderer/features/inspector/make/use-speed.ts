import { useQuery } from '@tanstack/react-query'
import { studio } from '../../../studio.js'

export interface Speed {
  readonly tokensPerSecond: number
  readonly firstTokenMs: number
}

/** How fast a model was here the last time it wrote for this item, from the recipes of its versions and open proposals. */
export function useSpeed(project: string, item: string, hash: string | null): Speed | null {
  const versions = useQuery(studio.items.versions.queryOptions({ input: { project, item, limit: 50 } }))
  const proposals = useQuery(studio.texts.proposals.queryOptions({ input: { project, item } }))
  const recipes = [
    ...(proposals.data ?? []).map((proposal) => ({ at: proposal.at, recipe: proposal.recipe })),
    ...(versions.data?.versions ?? []).map((version) => ({ at: version.at, recipe: version.recipe })),
  ].sort((a, b) => b.at - a.at)
  for (const { recipe } of recipes) {
    if (recipe.by === 'text-model' && recipe.tokensPerSecond > 0 && (hash === null || recipe.model.hash === hash)) return recipe
  }
  return null
}
