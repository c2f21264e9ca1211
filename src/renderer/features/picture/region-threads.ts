import type { CommentThread, PictureEditStep, VersionSummary } from '../../../contract/index.js'
import { boxAfter } from './crop/edit-geometry.js'
import type { Region } from './region.js'
import { shownSource } from './shown-source.js'

/** A thread on a region, where it stands on the picture that is shown. */
export interface PlacedThread extends CommentThread {
  readonly region: Region
  /** It was written on a version before this one was cropped, turned, resized or enlarged. */
  readonly isEarlier: boolean
}

/** More pictures that were made from each other are not followed. */
const mostSteps = 50

type Content = Extract<VersionSummary['content'], { type: 'blob' }>

const pictureOf = (version: VersionSummary | undefined): Content | null => (version?.content.type === 'blob' ? version.content : null)

/** Where a region of a picture of this size stands after edits, in percent; null where too little of it is left. Enlarging moves nothing. */
function regionAfter(region: Region, { width: w, height: h }: Content, steps: readonly PictureEditStep[]): Region | null {
  if (steps.length === 0) return region
  if (!w || !h) return null
  const { x, y, width, height } = region
  const after = boxAfter({ x: (x * w) / 100, y: (y * h) / 100, width: (width * w) / 100, height: (height * h) / 100 }, { width: w, height: h }, steps)
  if (!after) return null
  const { box, size } = after
  return { x: (box.x / size.width) * 100, y: (box.y / size.height) * 100, width: (box.width / size.width) * 100, height: (box.height / size.height) * 100 }
}

/**
 * Threads on regions of a picture, in their order. The same bytes in another version are the same picture. Those on the picture that it was
 * cropped, turned, resized or enlarged from are carried along, as long as enough of their region is left. `versions`: where its parents are found.
 */
export function threadsOn(version: VersionSummary, threads: readonly CommentThread[], versions: readonly VersionSummary[]): readonly PlacedThread[] {
  const placed = new Map<string, PlacedThread>()
  const changes: { readonly steps: readonly PictureEditStep[]; readonly of: Content }[] = []
  let now: VersionSummary | undefined = version
  for (let count = 0; now && count <= mostSteps; count++) {
    const { id, recipe }: VersionSummary = now
    const hash = pictureOf(now)?.hash
    for (const thread of threads) {
      const { anchor } = thread
      if (placed.has(thread.id) || anchor.type !== 'region' || (thread.version !== id && anchor.content !== hash)) continue
      let region: Region | null = anchor
      for (const { steps, of } of changes) region = region && regionAfter(region, of, steps)
      if (region) placed.set(thread.id, { ...thread, region, isEarlier: changes.length > 0 })
    }
    const source: string | null = shownSource(now)
    const parent: VersionSummary | undefined = source === null ? undefined : versions.find((one) => one.id === source)
    const of = pictureOf(parent)
    if (of) changes.unshift({ steps: recipe.by === 'hand' ? (recipe.edit?.steps ?? []) : [], of })
    now = of ? parent : undefined
  }
  return threads.flatMap(({ id }) => placed.get(id) ?? [])
}
