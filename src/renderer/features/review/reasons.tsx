import type { ReviewState, ReviewView } from '../../../contract/index.js'
import { textOf } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import { StateShape } from '../../ui/review-state.js'

/** The state that each reason speaks for; its shape stands before the words. */
const shapes: Readonly<Record<string, ReviewState>> = {
  'reason.approve': 'approved', 'reason.approve-with-notes': 'approved', 'reason.changes': 'changes-asked', 'reason.requested': 'in-review',
  'reason.published': 'published', 'reason.not-requested': 'draft', 'reason.no-version': 'draft',
}

/** Why an item is in its state, one line each. */
export function Reasons({ reasons }: { readonly reasons: ReviewView['reasons'] }) {
  return (
    <ul className="reasons">
      {reasons.map(({ id, values }, index) => {
        const shape = shapes[id]
        return (
          <li key={index} className={id === 'reason.changes' ? 'is-weighty' : undefined}>
            {shape ? <StateShape state={shape} /> : <Icon name={id === 'reason.two-heads' ? 'merge' : 'info'} small />}
            <span>{textOf(id, values) ?? id}</span>
          </li>
        )
      })}
    </ul>
  )
}
