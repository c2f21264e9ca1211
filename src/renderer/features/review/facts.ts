import type { DecisionView, ReviewState, ReviewView } from '../../../contract/index.js'

/** One thing that somebody asked or decided. */
export interface ReviewFact {
  readonly id: string
  readonly version: string
  readonly ordinal: number
  readonly at: number
  readonly person: string
  readonly shape: ReviewState
  /** Notes of a decision, or the note of a request. */
  readonly words: string
  readonly decision?: DecisionView
  readonly request?: ReviewView['requests'][number]
}

const shapes: Record<DecisionView['decision'], ReviewState> = { approve: 'approved', 'approve-with-notes': 'approved', changes: 'changes-asked' }

/** Requests and decisions of an item in one list, newest first. */
export function factsOf(view: ReviewView): readonly ReviewFact[] {
  const decisions = view.decisions.map((decision): ReviewFact => ({
    id: decision.id,
    version: decision.version,
    ordinal: decision.ordinal,
    at: decision.at,
    person: decision.person.name,
    shape: shapes[decision.decision],
    words: decision.notes,
    decision,
  }))
  const requests = view.requests.map((request): ReviewFact => ({
    id: request.id,
    version: request.version,
    ordinal: request.ordinal,
    at: request.at,
    person: request.person.name,
    shape: 'in-review',
    words: request.note,
    request,
  }))
  return [...requests, ...decisions].sort((a, b) => b.at - a.at)
}

/** The newest version, other than `except`, on which an approval counts and no change is asked; null where there is none. */
export function lastApproved(view: ReviewView, except: string | null): { readonly version: string; readonly ordinal: number } | null {
  const counting = view.decisions.filter((decision) => decision.counts && decision.version !== except)
  const asked = new Set(
    counting
      .filter((one) => one.decision === 'changes' && !counting.some((later) => later.version === one.version && later.key === one.key && later.at > one.at))
      .map(({ version }) => version),
  )
  const approved = counting.filter((one) => one.decision !== 'changes' && !asked.has(one.version)).sort((a, b) => b.ordinal - a.ordinal)
  return approved[0] ? { version: approved[0].version, ordinal: approved[0].ordinal } : null
}
