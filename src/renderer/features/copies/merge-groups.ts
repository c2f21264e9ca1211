import type { MergePreview } from '../../../contract/index.js'

export type MergeChange = MergePreview['changes'][number]

export interface MergeGroups {
  /** Changed here and there: they get a second head. */
  readonly both: readonly MergeChange[]
  readonly fresh: readonly MergeChange[]
  readonly more: readonly MergeChange[]
}

/** What would come in, by what it asks of a person: what both changed, what is new, and what follows ours. */
export function groupChanges(changes: readonly MergeChange[]): MergeGroups {
  return {
    both: changes.filter((change) => change.secondHead),
    fresh: changes.filter((change) => change.isNew && !change.secondHead),
    more: changes.filter((change) => !change.isNew && !change.secondHead),
  }
}

/** Whether a copy brings anything at all, or shows again what was set aside. */
export function bringsNothing(preview: MergePreview): boolean {
  return preview.commits === 0 && preview.refused.length === 0 && !preview.setAside
}
