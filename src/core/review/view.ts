import type { DecisionView, MemberView, ReviewView } from '../../contract/index.js'
import { hasValidOwnSignature, type Author, type ItemRow, type ProjectReader } from '../project/index.js'
import { leadingHead } from './leading-head.js'
import { readReviews } from './state.js'
import { countThreads } from './threads.js'

const personOf = (project: ProjectReader, id: string) => ({ id, name: project.personName(id) })

function readDecisions(project: ProjectReader, item: ItemRow): DecisionView[] {
  const facts = project.factsOf('decision', item.id)
  const head = leadingHead(project, item)
  return facts.map(({ id, fact }, index) => ({
    id,
    version: fact.version,
    ordinal: project.ordinalOf(fact.version),
    decision: fact.decision,
    notes: fact.notes,
    at: fact.at,
    person: personOf(project, fact.by),
    key: fact.key,
    sealed: hasValidOwnSignature(fact),
    counts: project.isMember(fact.key),
    // Oldest first by the clocks of their commits, which know an order where two fall into one millisecond.
    standing: fact.version === head && !facts.slice(index + 1).some((later) => later.fact.version === head && later.fact.key === fact.key),
  }))
}

/** Why the item is in its state, as message ids with values, the weightiest first. */
function explain(project: ProjectReader, item: ItemRow, decisions: readonly DecisionView[]): ReviewView['reasons'] {
  if (item.heads.length === 0) return [{ id: 'reason.no-version', values: {} }]
  const head = leadingHead(project, item)
  if (!head) return [{ id: 'reason.two-heads', values: { count: item.heads.length } }]
  const ordinal = project.ordinalOf(head)
  const reasons: ReviewView['reasons'] = []
  for (const one of decisions.filter((decision) => decision.standing)) {
    reasons.push({ id: one.counts ? `reason.${one.decision}` : 'reason.does-not-count', values: { person: one.person.name, version: one.ordinal } })
  }
  if (project.factsAll('export').some(({ fact }) => fact.approved.includes(head))) reasons.push({ id: 'reason.published', values: { version: ordinal } })
  const request = project.factsOf('review-request', item.id).find(({ fact }) => fact.version === head)
  if (request) reasons.push({ id: 'reason.requested', values: { person: project.personName(request.fact.by), version: ordinal } })
  if (reasons.length === 0) reasons.push({ id: 'reason.not-requested', values: { version: ordinal } })
  return reasons
}

/** Everything that the *Review* tab shows of an item, but for its threads. */
export async function viewReview(project: ProjectReader, item: ItemRow): Promise<ReviewView> {
  const decisions = readDecisions(project, item)
  return {
    state: readReviews(project).state(item),
    reasons: explain(project, item, decisions),
    head: leadingHead(project, item),
    decisions,
    requests: project.factsOf('review-request', item.id).map(({ id, fact }) => ({
      id,
      version: fact.version,
      ordinal: project.ordinalOf(fact.version),
      at: fact.at,
      person: personOf(project, fact.by),
      to: fact.to.map((one) => personOf(project, one)),
      note: fact.note,
      due: fact.due ?? null,
    })),
    threads: await countThreads(project, item.id),
  }
}

/** What was sent to review, is still the head, and has no standing decision by this key. */
export function readWaiting(project: ProjectReader, me: Author) {
  const decided = new Set(
    project
      .factsAll('decision')
      .filter(({ fact }) => fact.key === me.signer.publicKey)
      .map(({ fact }) => fact.version),
  )
  const latest = new Map(project.factsAll('review-request').map(({ fact }) => [fact.item, fact]))
  return [...latest.values()].flatMap((fact) => {
    const item = project.item(fact.item)
    const forMe = fact.to.length === 0 || fact.to.includes(me.person)
    if (!item || item.deleted || leadingHead(project, item) !== fact.version || decided.has(fact.version) || !forMe) return []
    return [{ item: item.id, version: fact.version, title: item.title, kind: item.kind, since: fact.at, from: personOf(project, fact.by), note: fact.note }]
  })
}

/** Everybody who wrote in this file, by key, and whose decisions count [MEMBER1]. */
export function readMembers(project: ProjectReader, me: Author): MemberView[] {
  const { founderKey } = project.project()
  const memberships = new Map(project.factsAll('membership').map(({ fact }) => [fact.member, fact]))
  const commits = project.commitsByPerson()
  const people = new Map(project.factsAll('person').map(({ fact }) => [fact.key, fact]))
  return [...people.values()].map(({ key, person }) => ({
    key,
    person: personOf(project, person),
    founder: key === founderKey,
    // Anybody may write a membership; only the founder's counts.
    admitted: project.isMember(key),
    role: project.isMember(key) ? (memberships.get(key)?.role ?? null) : null,
    commits: commits.get(person) ?? 0,
    me: key === me.signer.publicKey,
  }))
}
