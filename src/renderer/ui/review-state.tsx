import type { ReviewState } from '../../contract/index.js'
import { t } from '../messages/t.js'

const classes: Record<ReviewState, string> = {
  draft: 'state-draft', 'in-review': 'state-review', 'changes-asked': 'state-changes', approved: 'state-approved', published: 'state-published',
}

/** Each state has a shape of its own, so that colour is never alone. */
function Shape({ state }: { readonly state: ReviewState }) {
  switch (state) {
    case 'draft':
      return <circle cx="8" cy="8" r="5.5" strokeDasharray="2.2 2.1" />
    case 'in-review':
      return <><circle cx="8" cy="8" r="5.5" /><path d="M8 4.75a3.25 3.25 0 0 1 0 6.5z" fill="currentColor" /></>
    case 'changes-asked':
      return <><circle cx="8" cy="8" r="5.5" /><path d="M10.75 8h-5M7.5 6 5.5 8l2 2" /></>
    case 'approved':
      return <><circle cx="8" cy="8" r="5.5" /><path d="m5.5 8.2 1.8 1.75 3.3-3.7" /></>
    case 'published':
      return <><circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" /><path d="m5.4 8.2 1.9 1.85 3.4-3.9" stroke="var(--surface-1)" /></>
  }
}

/** The shape alone, for places whose words say more than the state. */
export function StateShape({ state }: { readonly state: ReviewState }) {
  return <svg className={`icon ${classes[state]}`} viewBox="0 0 16 16" strokeWidth="1.5" aria-hidden="true"><Shape state={state} /></svg>
}

interface ReviewStateProps {
  readonly state: ReviewState
  /** Shape only; the word stays for readers of the screen. */
  readonly brief?: boolean
  readonly filled?: boolean
}

export function ReviewStateMark({ state, brief = false, filled = false }: ReviewStateProps) {
  const word = t(`state.${state}`)
  return (
    <span className={`state ${classes[state]} ${filled ? 'state-filled' : ''}`} title={brief ? word : undefined}>
      <svg className="icon" viewBox="0 0 16 16" strokeWidth="1.5" aria-hidden="true"><Shape state={state} /></svg>
      {brief ? <span className="visually-hidden">{word}</span> : word}
    </span>
  )
}
