import type { Recipe, VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import type { IconName } from '../../../ui/icon.js'

/** One line on how a version was made. */
export function recipeLine(recipe: Recipe): string {
  switch (recipe.by) {
    case 'hand': return t('recipe.hand')
    case 'import': return t('recipe.import', { name: recipe.name })
    case 'text-model': return t(`recipe.text.${recipe.operation}`, { model: recipe.model.name })
    case 'image-model': return t('recipe.image', { model: recipe.model.name })
  }
}

/** A model is a chip, a person a pen. */
export function recipeIcon(recipe: Recipe): IconName {
  switch (recipe.by) {
    case 'hand': return 'pen'
    case 'import': return 'file'
    default: return 'chip'
  }
}

export function howMade(recipe: Recipe): string {
  if (recipe.by === 'hand') return t('recipe.how.hand')
  return recipe.by === 'import' ? t('recipe.how.import') : t('recipe.how.model')
}

/** What a list says of a version besides its number: why it was kept, and how it was made unless that says it already. */
export function versionLine(version: VersionSummary): string {
  const reason = t(`reason.${version.reason}`)
  return version.reason === 'imported' || version.reason === 'generated' ? recipeLine(version.recipe) : `${reason}, ${recipeLine(version.recipe).replace(/^./, (letter) => letter.toLocaleLowerCase())}`
}

export function versionTitle(version: VersionSummary): string {
  return version.name === null ? t('versions.ordinal', { number: version.ordinal }) : t('versions.ordinal-named', { number: version.ordinal, name: version.name })
}
