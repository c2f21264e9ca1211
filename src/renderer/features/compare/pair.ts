import type { VersionSummary } from '../../../contract/index.js'

/**
 * The two versions to compare: those that are named, else the newest and the one that it was made from. `versions` are
 * newest first. Null where there are no two.
 */
export function pairOf(
  versions: readonly VersionSummary[],
  old: string | undefined,
  fresh: string | undefined,
): readonly [VersionSummary, VersionSummary] | null {
  const find = (id: string | undefined): VersionSummary | undefined => versions.find((version) => version.id === id)
  const after = find(fresh) ?? versions[0]
  if (!after) return null
  const before = find(old) ?? find(after.parents[0]) ?? versions.find(({ id }) => id !== after.id)
  return before ? [before, after] : null
}

/** Versions that were made after one and before the other, oldest first. */
export function between(versions: readonly VersionSummary[], old: VersionSummary, fresh: VersionSummary): readonly VersionSummary[] {
  const [low, high] = old.ordinal < fresh.ordinal ? [old.ordinal, fresh.ordinal] : [fresh.ordinal, old.ordinal]
  return versions.filter(({ ordinal }) => ordinal > low && ordinal < high).reverse()
}
