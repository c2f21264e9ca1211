import type { FactId, FactOf, ReviewState } from '../../contract/index.js'
import type { ItemRow, ProjectReader } from '../project/index.js'
import { leadingHead, type SaidOfHeads } from './leading-head.js'

type Decision = FactOf<'decision'>

/** Approvals that a head needs where no policy says otherwise. */
const APPROVALS_NEEDED = 1

/** The review of a project as its facts tell it now [STATE1]. Built for one answer, never kept. */
export interface Reviews {
  state(item: ItemRow): ReviewState
  /** The decision that stands on a version: "changes" while any person asks for them, else the latest that counts. */
  decision(version: FactId): Decision['decision'] | null
}

/** Reads requests, decisions and exports once; a project has few of them beside its versions. `said`: where many items are asked for. */
export function readReviews(project: ProjectReader, said?: SaidOfHeads): Reviews {
  const latest = new Map<FactId, Map<string, Decision>>()
  const members = new Map<string, boolean>()
  const isMember = (key: string): boolean => {
    if (!members.has(key)) members.set(key, project.isMember(key))
    return members.get(key)!
  }
  for (const { fact } of project.factsAll('decision')) {
    if (!isMember(fact.key)) continue
    const byKey = latest.get(fact.version) ?? new Map<string, Decision>()
    byKey.set(fact.key, fact)
    latest.set(fact.version, byKey)
  }
  const requested = new Set(project.factsAll('review-request').map(({ fact }) => fact.version))
  const published = new Set(project.factsAll('export').flatMap(({ fact }) => fact.approved))

  const standing = (version: FactId) => [...(latest.get(version)?.values() ?? [])].sort((a, b) => a.at - b.at)
  const asksForChanges = (version: FactId) => standing(version).some((one) => one.decision === 'changes')

  return {
    state(item) {
      const head = leadingHead(project, item, said)
      if (!head) return 'draft'
      if (asksForChanges(head)) return 'changes-asked'
      if (published.has(head)) return 'published'
      if (standing(head).length >= APPROVALS_NEEDED) return 'approved'
      return requested.has(head) ? 'in-review' : 'draft'
    },
    decision(version) {
      return asksForChanges(version) ? 'changes' : (standing(version).at(-1)?.decision ?? null)
    },
  }
}
