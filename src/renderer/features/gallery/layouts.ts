import type { GalleryEntry } from '../../../contract/index.js'
import { justify, type Grid, type Layout } from './justified.js'

/** A text's card has the shape of a picture from most models. */
const cardRatio = 4 / 3

export function ratioOf(entry: GalleryEntry): number {
  if (entry.kind === 'text') return cardRatio
  const { width, height } = entry
  return width && height ? Math.max(0.2, Math.min(5, width / height)) : 1
}

export interface PageLayout extends Layout { readonly ratios: readonly number[] }

/** Lays out pages once for each answer and shape of the grid: rows that stay the same object need not be drawn again. */
export function createLayouts(shape: Grid): (entries: readonly GalleryEntry[]) => PageLayout {
  const known = new WeakMap<readonly GalleryEntry[], PageLayout>()
  return (entries) => {
    let layout = known.get(entries)
    if (!layout) {
      const ratios = entries.map(ratioOf)
      known.set(entries, (layout = { ...justify(ratios, shape), ratios }))
    }
    return layout
  }
}

/** About how high a page of so many is that was not read yet. */
export function guessHeight(count: number, { width, target, gap, caption }: Grid): number {
  return Math.max(1, Math.round((count * 1.2) / Math.max(1, width / target))) * (target + gap + caption)
}
