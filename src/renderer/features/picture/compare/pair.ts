import type { VersionSummary } from '../../../../contract/index.js'

/**
 * The two pictures to compare: those that are named, else the one on the table and the one that it was made from, or the
 * one before it. `versions` are newest first. Null where there are no two.
 */
export function pairOf(versions: readonly VersionSummary[], old: string | undefined, fresh: string | undefined, shown: string | undefined): readonly [VersionSummary, VersionSummary] | null {
  const pictures = versions.filter((version) => version.content.type === 'blob' && !version.removed)
  const find = (id: string | undefined): VersionSummary | undefined => pictures.find((version) => version.id === id)
  const after = find(fresh) ?? find(shown) ?? pictures[0]
  if (!after) return null
  const before = find(old) ?? find(after.parents[0]) ?? pictures.find(({ ordinal }) => ordinal < after.ordinal) ?? pictures.find(({ id }) => id !== after.id)
  if (!before) return null
  return fresh === undefined && before.ordinal > after.ordinal ? [after, before] : [before, after]
}
