import type { VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { versionTitle } from '../inspector/versions/recipe-words.js'

/** Stands in a route for what is typed and kept as no version yet. */
export const draftId = 'draft'

/** One side of a comparison: a version, or the draft, which has none. */
export interface Compared {
  readonly id: string
  /** Says which is the older one; the draft comes after all versions. */
  readonly ordinal: number
  readonly title: string
  readonly version: VersionSummary | null
}

/** The draft of a text: what it grew from, and whether it says something else by now. */
export interface DraftNow { readonly base: string | null; readonly differs: boolean }

export const comparedVersion = (version: VersionSummary): Compared => ({ id: version.id, ordinal: version.ordinal, title: versionTitle(version), version })

/**
 * The two sides to compare: those that are named; else the draft and the version that it grew from, where they differ; else the newest
 * version and the one that it was made from. `versions` are newest first. Null where there are no two.
 */
export function pairOf(
  versions: readonly VersionSummary[],
  old: string | undefined,
  fresh: string | undefined,
  draft: DraftNow | null = null,
): readonly [Compared, Compared] | null {
  const [newest] = versions
  const now: Compared | null = draft && newest ? { id: draftId, ordinal: newest.ordinal + 1, title: t('compare.draft'), version: null } : null
  const find = (id: string | null | undefined): Compared | null => {
    if (id === draftId) return now
    const version = versions.find((one) => one.id === id)
    return version ? comparedVersion(version) : null
  }
  const after = find(fresh) ?? (draft?.differs ? now : null) ?? (newest ? comparedVersion(newest) : null)
  if (!after) return null
  const from = after.version ? after.version.parents[0] : draft?.base
  const other = versions.find(({ id }) => id !== after.id)
  const before = find(old) ?? find(from) ?? (other ? comparedVersion(other) : null)
  return before ? [before, after] : null
}

/** Versions that were made after one and before the other, oldest first. */
export function between(versions: readonly VersionSummary[], old: Pick<Compared, 'ordinal'>, fresh: Pick<Compared, 'ordinal'>): readonly VersionSummary[] {
  const [low, high] = old.ordinal < fresh.ordinal ? [old.ordinal, fresh.ordinal] : [fresh.ordinal, old.ordinal]
  return versions.filter(({ ordinal }) => ordinal > low && ordinal < high).reverse()
}
