import type { PictureEditStep, Recipe, VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import type { IconName } from '../../../ui/icon.js'

/** What was done to a picture by hand, step by step. */
export function editLine(steps: readonly PictureEditStep[]): string {
  const words = steps.map((step) => {
    switch (step.kind) {
      case 'turn':
        return t('edit.turn', { degrees: step.degrees })
      case 'flip':
        return t(`edit.flip.${step.axis}`)
      case 'crop':
        return t('edit.crop', { width: step.width, height: step.height })
      case 'resize':
        return t('edit.resize', { width: step.width, height: step.height })
    }
  })
  return words.join(', ').replace(/^./, (letter) => letter.toLocaleUpperCase())
}

/** One line on how something was made. */
export function recipeLine(recipe: Recipe): string {
  switch (recipe.by) {
    case 'hand':
      return recipe.edit ? editLine(recipe.edit.steps) : t('recipe.hand')
    case 'import':
      return t('recipe.import', { name: recipe.name })
    case 'text-model':
      return t(`recipe.text.${recipe.operation}`, { model: recipe.model.name })
    case 'image-model':
      return recipe.operation === 'upscale' ? t('recipe.enlarged', { factor: recipe.factor ?? 1, model: recipe.model.name }) : t('recipe.image', { model: recipe.model.name })
  }
}

/** Recipe and reason of a version: a version of a resolved proposal is "by hand", since a person decided, but was not typed. */
type Made = Pick<VersionSummary, 'recipe' | 'reason' | 'proposals'>

const isDecided = ({ recipe, reason }: Made): boolean => recipe.by === 'hand' && reason === 'proposal'

/** What a step of an item's history says of how it was made. */
export function madeLine(made: Made): string {
  if (!isDecided(made)) return recipeLine(made.recipe)
  return made.proposals?.length ? made.proposals.map((proposal) => recipeLine(proposal.recipe)).join('; ') : t('recipe.decided')
}

/** A model is a chip, a person a pen. */
export function madeIcon(made: Made): IconName {
  if (isDecided(made)) return 'chip'
  switch (made.recipe.by) {
    case 'hand':
      return 'pen'
    case 'import':
      return 'file'
    default:
      return 'chip'
  }
}

/** After a person's name: how they made it. */
export function howMade(made: Made): string {
  if (isDecided(made)) return t('recipe.how.decided')
  if (made.recipe.by === 'hand') return t('recipe.how.hand')
  return made.recipe.by === 'import' ? t('recipe.how.import') : t('recipe.how.model')
}

/** What a list says of a version besides its number: why it was kept, and how it was made where that says more. */
export function versionLine(version: VersionSummary): string {
  const { reason, recipe, proposals } = version
  if (reason === 'imported' || reason === 'generated' || reason === 'edited') return recipeLine(recipe)
  if (reason === 'proposal' && proposals?.length) {
    const sum = (key: 'accepted' | 'pieces'): number => proposals.reduce((total, proposal) => total + proposal[key], 0)
    return t('reason.proposal-counts', { accepted: sum('accepted'), pieces: sum('pieces') })
  }
  const why = t(`reason.${reason}`)
  return recipe.by === 'hand' ? why : `${why}, ${recipeLine(recipe).replace(/^./, (letter) => letter.toLocaleLowerCase())}`
}

export function versionTitle(version: VersionSummary): string {
  return version.name === null
    ? t('versions.ordinal', { number: version.ordinal })
    : t('versions.ordinal-named', { number: version.ordinal, name: version.name })
}

/** Every model that had a part in a version, by the hash of its file. */
export function modelsOf(
  versions: readonly Made[],
): ReadonlyMap<string, { readonly name: string; readonly hash: string; readonly licence?: string | undefined }> {
  const recipes = versions.flatMap(({ recipe, proposals }) => [
    recipe,
    ...(proposals ?? []).filter(({ accepted }) => accepted > 0).map((proposal) => proposal.recipe),
  ])
  return new Map(recipes.flatMap((recipe) => (recipe.by === 'text-model' || recipe.by === 'image-model' ? [[recipe.model.hash, recipe.model] as const] : [])))
}
