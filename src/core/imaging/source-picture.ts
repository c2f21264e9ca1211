import type { FactId } from '../../contract/index.js'
import type { VersionRow } from '../project/index.js'
import { editOf } from './edit.js'

/** The version whose picture this one was made from: the one that a model started from, or that a person edited. */
export function sourceOfPicture({ fact: { recipe, parents } }: Pick<VersionRow, 'fact'>): FactId | null {
  if (editOf(recipe)) return parents[0] ?? null
  return recipe.by === 'image-model' ? (recipe.sources.find(({ role }) => role === 'image')?.version ?? null) : null
}

/** The version that holds the mask through which a part of a picture was painted. */
export const maskOfPicture = ({ fact: { recipe } }: Pick<VersionRow, 'fact'>): FactId | null =>
  recipe.by === 'image-model' ? (recipe.sources.find(({ role }) => role === 'mask')?.version ?? null) : null
