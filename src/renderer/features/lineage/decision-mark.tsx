import type { LineageNode } from '../../../contract/index.js'
import { ReviewStateMark } from '../../ui/review-state.js'

/** What was decided about a version, as the state that it leads to. */
export function DecisionMark({ decision }: Pick<LineageNode, 'decision'>) {
  if (decision === null) return null
  return <ReviewStateMark brief state={decision === 'changes' ? 'changes-asked' : 'approved'} />
}
