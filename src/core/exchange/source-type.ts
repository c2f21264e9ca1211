import type { Recipe } from '../../contract/index.js'
import type { PictureOrigin } from '../imaging/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'

/** How far back a picture is followed through those it grew from. */
const MOST_GENERATIONS = 100

/**
 * The recipe behind a picture's bytes. A version that a person restored or combined holds the bytes of another one, and that
 * one's recipe tells how they came to be.
 */
export function recipeOfBytes(project: ProjectReader, row: VersionRow): Recipe {
  const { content, fact: { recipe } } = row
  if (recipe.by !== 'hand' || content.type !== 'blob') return recipe
  for (let before: number | undefined; ; ) {
    const rows = project.versions(row.item, { before, limit: 100 })
    const twin = rows.find((one) => one.content.type === 'blob' && one.content.hash === content.hash && one.fact.recipe.by !== 'hand')
    if (twin) return twin.fact.recipe
    if (rows.length < 100) return recipe
    before = rows.at(-1)!.ordinal
  }
}

/** The recipes behind a picture's bytes: its own first, and behind an enlarged one those of what was enlarged. */
export function recipesOfBytes(project: ProjectReader, row: VersionRow, generations = MOST_GENERATIONS): Recipe[] {
  const recipe = recipeOfBytes(project, row)
  const source = recipe.by === 'image-model' && recipe.operation === 'upscale' ? recipe.sources.find(({ role }) => role === 'image') : undefined
  const parent = source && generations > 0 ? project.version(source.version) : null
  return parent ? [recipe, ...recipesOfBytes(project, parent, generations - 1)] : [recipe]
}

/**
 * What may honestly be said of how a picture came to be, in the words of IPTC; null where nobody here knows, as for a picture that was
 * brought in. A model's picture that grew from one of unknown origin is a composite. Enlarging adds nothing to what is seen, and no model of it
 * draws: what a model made stays so, and of a picture of unknown origin only the correction can be told.
 */
export function sourceTypeOf(project: ProjectReader, row: VersionRow, generations = MOST_GENERATIONS): PictureOrigin | null {
  const recipe = recipeOfBytes(project, row)
  if (recipe.by !== 'image-model') return null
  const source = recipe.sources.find(({ role }) => role === 'image')
  if (!source) return 'trainedAlgorithmicMedia'
  const parent = generations > 0 ? project.version(source.version) : null
  if (recipe.operation === 'upscale') return (parent && sourceTypeOf(project, parent, generations - 1)) ?? 'algorithmicallyEnhanced'
  return parent && sourceTypeOf(project, parent, generations - 1) === 'trainedAlgorithmicMedia' ? 'trainedAlgorithmicMedia' : 'compositeWithTrainedAlgorithmicMedia'
}
