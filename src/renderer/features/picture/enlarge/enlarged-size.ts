import type { Enlargement, Recipe, VersionSummary } from '../../../../contract/index.js'

type Size = { readonly width: number; readonly height: number }

/** The size of a version's picture; null where it has none that is known. */
export function sizeOf(version: VersionSummary | null): Size | null {
  if (version?.content.type !== 'blob' || version.removed) return null
  const { width, height } = version.content
  return width && height ? { width, height } : null
}

/** Size after enlarging; null where that would be more than is made. */
export function enlargedSize({ width, height }: Size, { factor, mostPixels }: Enlargement): Size | null {
  const size = { width: width * factor, height: height * factor }
  return size.width * size.height <= mostPixels ? size : null
}

/** How long it may take in milliseconds, by the pixels of the last one that was enlarged here. Null where none was. */
export function estimateEnlarging(recipes: readonly Recipe[], { model }: Enlargement, { width, height }: Size): number | null {
  for (const recipe of recipes) {
    if (recipe.by === 'image-model' && recipe.operation === 'upscale' && recipe.model.name === model.name && recipe.ms > 0)
      return (recipe.ms / (recipe.width * recipe.height)) * width * height
  }
  return null
}
