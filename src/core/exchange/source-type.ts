import type { Recipe } from '../../contract/index.js'
import { editOf, sourceOfPicture, type PictureOrigin } from '../imaging/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'

/** How far back a picture is followed through those it grew from. */
const MOST_GENERATIONS = 100

const saysHow = (recipe: Recipe): boolean => recipe.by !== 'hand' || editOf(recipe) !== null

/** The version whose recipe tells how a picture's bytes came to be: one that a person restored or combined holds those of another. */
function rowOfBytes(project: ProjectReader, row: VersionRow): VersionRow {
  const { content, fact: { recipe } } = row
  if (saysHow(recipe) || content.type !== 'blob') return row
  for (let before: number | undefined; ; ) {
    const rows = project.versions(row.item, { before, limit: 100 })
    const twin = rows.find((one) => one.content.type === 'blob' && one.content.hash === content.hash && saysHow(one.fact.recipe))
    if (twin) return twin
    if (rows.length < 100) return row
    before = rows.at(-1)!.ordinal
  }
}

/** The recipe shows the same picture as before: cropped, turned, resized or enlarged, and nothing new drawn. */
const keepsPicture = (recipe: Recipe): boolean => editOf(recipe) !== null || (recipe.by === 'image-model' && recipe.operation === 'upscale')

/**
 * The recipes behind a picture's bytes: its own first, and behind one that was edited or enlarged those of what it was made from, back to
 * the one that drew it.
 */
export function recipesOfBytes(project: ProjectReader, row: VersionRow, generations = MOST_GENERATIONS): Recipe[] {
  const made = rowOfBytes(project, row)
  const { recipe } = made.fact
  const source = keepsPicture(recipe) && generations > 0 ? sourceOfPicture(made) : null
  const parent = source && project.version(source)
  return parent ? [recipe, ...recipesOfBytes(project, parent, generations - 1)] : [recipe]
}

/**
 * What may honestly be said of how a picture came to be, in the words of IPTC; null where nobody here knows, as for a picture that was
 * brought in. A model's picture that grew from one of unknown origin is a composite. Cropping changes nothing of where a picture came from.
 * Enlarging adds nothing to what is seen, and no model of it draws: what a model made stays so, and of a picture of unknown origin only the
 * correction can be told.
 */
export function sourceTypeOf(project: ProjectReader, row: VersionRow, generations = MOST_GENERATIONS): PictureOrigin | null {
  const made = rowOfBytes(project, row)
  const { recipe } = made.fact
  const source = sourceOfPicture(made)
  const parent = source && generations > 0 ? project.version(source) : null
  const before = parent ? sourceTypeOf(project, parent, generations - 1) : null
  if (editOf(recipe)) return before
  if (recipe.by !== 'image-model') return null
  if (recipe.operation === 'upscale') return before ?? 'algorithmicallyEnhanced'
  return source && before !== 'trainedAlgorithmicMedia' ? 'compositeWithTrainedAlgorithmicMedia' : 'trainedAlgorithmicMedia'
}
