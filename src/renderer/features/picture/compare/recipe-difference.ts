import type { Recipe } from '../../../../contract/index.js'
import { formatNumber, formatRate, formatSeed } from '../../../format/size.js'
import { t } from '../../../messages/t.js'
import { editLine } from '../../inspector/versions/recipe-words.js'

export interface RecipeFact {
  readonly id: string
  readonly name: string
  readonly value: string
}

export interface RecipeDifference {
  /** Values of both; empty where one says nothing. */
  readonly differs: readonly { readonly id: string; readonly name: string; readonly old: string; readonly fresh: string }[]
  readonly same: readonly RecipeFact[]
}

/** What a picture's recipe says, in the order in which people ask. `nameOf`: what a source version is called. */
export function recipeFacts(recipe: Recipe, nameOf: (version: string) => string): readonly RecipeFact[] {
  if (recipe.by !== 'image-model') {
    const how = recipe.by === 'import' ? t('recipe.import', { name: recipe.name }) : recipe.by === 'hand' && recipe.edit ? editLine(recipe.edit.steps) : t('recipe.how.hand')
    return [{ id: 'made', name: t('recipe.image.made'), value: how }]
  }
  const { prompt, negativePrompt, strength, transparent, model, seed, steps, guidance, sampler, width, height, sources } = recipe
  const from = sources.filter((source) => source.role === 'image').map((source) => nameOf(source.version)).join(', ')
  if (recipe.operation === 'upscale') {
    return [
      { id: 'from', name: t('recipe.image.starts-from'), value: from },
      { id: 'factor', name: t('recipe.factor'), value: t('recipe.factor-value', { factor: recipe.factor ?? 1 }) },
      { id: 'model', name: t('recipe.model'), value: model.name },
      { id: 'size', name: t('recipe.size'), value: t('recipe.size-value', { width, height }) },
    ]
  }
  const facts: RecipeFact[] = [
    { id: 'prompt', name: t('recipe.image.prompt'), value: prompt.trim() },
    { id: 'negative', name: t('recipe.image.negative'), value: negativePrompt.trim() },
    { id: 'from', name: t('recipe.image.starts-from'), value: from },
    { id: 'strength', name: t('recipe.image.strength'), value: strength === undefined ? '' : `${formatNumber(strength * 100)}%` },
    { id: 'model', name: t('recipe.model'), value: model.name },
    { id: 'seed', name: t('recipe.seed'), value: formatSeed(seed) },
    { id: 'steps', name: t('recipe.steps'), value: formatNumber(steps) },
    { id: 'guidance', name: t('recipe.guidance'), value: formatRate(guidance) },
    { id: 'sampler', name: t('recipe.image.sampler'), value: sampler },
    { id: 'size', name: t('recipe.size'), value: t('recipe.size-value', { width, height }) },
    { id: 'background', name: t('recipe.image.background'), value: transparent ? t('recipe.image.transparent') : '' },
  ]
  return facts.filter((fact) => fact.value !== '')
}

/** What differs between two recipes, and what is the same in both. */
export function compareRecipes(old: readonly RecipeFact[], fresh: readonly RecipeFact[]): RecipeDifference {
  const ids = [...new Set([...old, ...fresh].map(({ id }) => id))]
  const rows = ids.map((id) => {
    const [a, b] = [old.find((fact) => fact.id === id), fresh.find((fact) => fact.id === id)]
    return { id, name: (a ?? b)!.name, old: a?.value ?? '', fresh: b?.value ?? '' }
  })
  return {
    differs: rows.filter((row) => row.old !== row.fresh),
    same: rows.filter((row) => row.old === row.fresh).map(({ id, name, fresh: value }) => ({ id, name, value })),
  }
}
