import type { ProjectSummary } from '../../../contract/index.js'
export function Inspector(_: { readonly project: ProjectSummary; readonly item: string; readonly tab: string; readonly onTab: (id: string) => void }) { return null }
