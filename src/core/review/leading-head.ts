import type { FactId } from '../../contract/index.js'
import type { ItemRow, ProjectReader } from '../project/index.js'

/** Older heads than these are not asked whether somebody kept them: an item may have thousands. */
const MOST_HEADS = 200

/**
 * The head that an item's review is about; null where there is none, or where a text has several that somebody has to
 * combine. Pictures that were made beside each other are all heads: of them it is the one that was last sent to review
 * or decided on, else the newest that was kept, else the newest. What was set aside comes last.
 */
export function leadingHead(project: ProjectReader, item: ItemRow): FactId | null {
  if (item.heads.length < 2) return item.heads[0] ?? null
  if (item.kind === 'text') return null
  const heads = item.heads.slice(-MOST_HEADS)
  const picked = new Map(heads.map((head) => [head, project.register(head, 'picked')]))
  const candidates = heads.filter((head) => picked.get(head) !== false)
  const reviewed = [...project.factsOf('review-request', item.id), ...project.factsOf('decision', item.id).filter(({ fact }) => project.isMember(fact.key))]
    .sort((a, b) => a.fact.at - b.fact.at)
    .map(({ fact }) => fact.version)
  return (
    reviewed.findLast((version) => candidates.includes(version)) ??
    candidates.findLast((head) => picked.get(head) === true) ??
    candidates.at(-1) ??
    heads.at(-1)!
  )
}
