import type { Recipe, VersionSummary } from '../../../contract/index.js'

type Made = Pick<VersionSummary, 'recipe' | 'parents'>

/** The version that a picture still shows, cropped, turned, resized or enlarged; null where it was drawn, or brought in. */
export function shownSource({ recipe, parents }: Made): string | null {
  const keepsPicture = (recipe.by === 'hand' && recipe.edit !== undefined) || (recipe.by === 'image-model' && recipe.operation === 'upscale')
  return keepsPicture ? (parents[0] ?? null) : null
}

/** The recipes behind a picture: its own, and those of the pictures that it still shows, as far back as `versions` hold them. */
export function recipesBehind(version: VersionSummary, versions: readonly VersionSummary[]): readonly Recipe[] {
  const recipes = [version.recipe]
  for (let now = version; recipes.length <= versions.length; recipes.push(now.recipe)) {
    const source = shownSource(now)
    const parent = source === null ? undefined : versions.find(({ id }) => id === source)
    if (!parent) break
    now = parent
  }
  return recipes
}

/** Whether a model left the background transparent, of this picture or of the one that it still shows. */
export function hasClearBackground(version: VersionSummary, versions: readonly VersionSummary[]): boolean {
  return recipesBehind(version, versions).some((recipe) => recipe.by === 'image-model' && recipe.transparent === true)
}
