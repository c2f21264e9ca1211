import type { ItemSummary, ProjectSummary } from '../../../../contract/index.js'

export function PictureCompare(_: { project: ProjectSummary; item: ItemSummary; old: string | undefined; fresh: string | undefined; shown: string | undefined }) { return null }
