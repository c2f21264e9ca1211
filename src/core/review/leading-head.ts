import type { FactId, FactOf } from '../../contract/index.js'
import type { ItemRow, ProjectReader } from '../project/index.js'

/** Older heads than these are not asked whether somebody kept them: an item may have thousands. */
const MOST_HEADS = 200

/**
 * The head that an item's review is about; null where there is none, or where a text has several that somebody has to
 * combine. Pictures that were made beside each other are all heads: of them it is the one that was last sent to review
 * or decided on, else the newest that was kept, else the newest. What was set aside comes last.
 */
export function leadingHead(project: ProjectReader, item: ItemRow, said: SaidOfHeads = ask(project)): FactId | null {
  if (item.heads.length < 2) return item.heads[0] ?? null
  if (item.kind === 'text') return null
  const heads = item.heads.slice(-MOST_HEADS)
  const picked = new Map(heads.map((head) => [head, said.picked(head)]))
  const candidates = heads.filter((head) => picked.get(head) !== false)
  return (
    said.reviewed(item.id).findLast((version) => candidates.includes(version)) ??
    candidates.findLast((head) => picked.get(head) === true) ??
    candidates.at(-1) ??
    heads.at(-1)!
  )
}

/** What people said of heads: whether they kept them, and which versions of an item were sent to review or decided on, oldest first. */
export interface SaidOfHeads {
  picked(head: FactId): unknown
  reviewed(item: FactId): readonly FactId[]
}

const ask = (project: ProjectReader): SaidOfHeads => ({
  picked: (head) => project.register(head, 'picked'),
  reviewed: (item) => inOrder(project, [...project.factsOf('review-request', item), ...project.factsOf('decision', item)]),
})

type Reviewed = { readonly fact: FactOf<'review-request'> | FactOf<'decision'> }

const inOrder = (project: ProjectReader, facts: readonly Reviewed[]): FactId[] => facts
  .filter(({ fact }) => fact.kind === 'review-request' || project.isMember(fact.key))
  .sort((a, b) => a.fact.at - b.fact.at)
  .map(({ fact }) => fact.version)

/** The same for all items at once: a list of thousands does not ask for each head. */
export function readSaid(project: ProjectReader): SaidOfHeads {
  const picks = project.picks()
  const byItem = new Map<FactId, Reviewed[]>()
  for (const one of [...project.factsAll('review-request'), ...project.factsAll('decision')] as readonly Reviewed[]) byItem.set(one.fact.item, [...(byItem.get(one.fact.item) ?? []), one])
  const ordered = new Map([...byItem].map(([item, facts]) => [item, inOrder(project, facts)]))
  return { picked: (head) => picks.get(head), reviewed: (item) => ordered.get(item) ?? [] }
}
