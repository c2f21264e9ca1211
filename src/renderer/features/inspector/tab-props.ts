import type { ProjectSummary } from '../../../contract/index.js'

/** What every tab of the inspector is given. */
export interface InspectorTabProps {
  readonly project: ProjectSummary
  readonly item: string
}
