import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Recipe } from '../../../../contract/index.js'
import { useRemembered } from '../../../state/layout.js'
import { studio } from '../../../studio.js'

export interface Speed {
  readonly tokensPerSecond: number
  readonly firstTokenMs: number
}

/** How fast a model was on this computer the last time it wrote: from the newest recipe of the item, else as remembered. */
export function useSpeed(project: string, item: string, hash: string | null): Speed | null {
  const versions = useQuery(studio.items.versions.queryOptions({ input: { project, item, limit: 50 } }))
  const proposals = useQuery(studio.texts.proposals.queryOptions({ input: { project, item } }))
  const [known, setKnown] = useRemembered<Record<string, [number, number]>>('model.speed', {})
  const recipes: { at: number; recipe: Recipe }[] = [
    ...(proposals.data ?? []),
    ...(versions.data?.versions ?? []).flatMap((version) => [version, ...(version.proposals ?? []).map(({ recipe }) => ({ at: version.at, recipe }))]),
  ].sort((a, b) => b.at - a.at)
  const newest = recipes.map(({ recipe }) => recipe).find((recipe) => recipe.by === 'text-model' && recipe.tokensPerSecond > 0 && recipe.model.hash === hash)
  const [rate, first] = newest?.by === 'text-model' ? [newest.tokensPerSecond, newest.firstTokenMs] : ((hash === null ? undefined : known[hash]) ?? [0, 0])

  useEffect(() => {
    if (hash !== null && rate > 0 && known[hash]?.[0] !== rate) setKnown({ ...known, [hash]: [rate, first] })
  }, [hash, rate, first, known, setKnown])

  return rate > 0 ? { tokensPerSecond: rate, firstTokenMs: first } : null
}
