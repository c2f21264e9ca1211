import type { CommentThread, FactId, FactOf } from '../../contract/index.js'
import { resolveAnchor, type DocumentNode } from '../../document/index.js'
import type { ProjectReader } from '../project/index.js'
import { readVersion } from '../writing/index.js'

type Comment = { readonly id: FactId; readonly fact: FactOf<'comment'> }

/**
 * The comment threads of an item, oldest first. Words are looked for in the current text through the difference from
 * the version they were written on, then by their quotation; what is found nowhere stays listed as orphaned.
 */
export function readThreads(project: ProjectReader, item: FactId, current: DocumentNode | null): CommentThread[] {
  const comments = project.factsOf('comment', item)
  const replies = new Map<FactId, Comment[]>()
  for (const one of comments) if (one.fact.replyTo) replies.set(one.fact.replyTo, [...(replies.get(one.fact.replyTo) ?? []), one])
  // Many comments hang on few versions, and reading one costs more than resolving an anchor in it.
  const originals = new Map<FactId, DocumentNode | null>()
  const original = (version: FactId): DocumentNode | null => {
    if (!originals.has(version)) originals.set(version, readOriginal(project, version))
    return originals.get(version)!
  }
  const remark = ({ id, fact }: Comment) => ({ id, text: fact.text, at: fact.at, person: { id: fact.by, name: project.personName(fact.by) } })

  return comments.filter(({ fact }) => !fact.replyTo).map((one) => {
    const { anchor, version } = one.fact
    const range = anchor.type === 'words' && current ? resolveAnchor(anchor, { original: original(version) ?? undefined, current }) : null
    return {
      ...remark(one), item, version, ordinal: project.version(version)?.ordinal ?? 0, anchor, range,
      orphaned: anchor.type === 'words' && current !== null && range === null,
      resolved: project.register(one.id, 'resolved') === true,
      replies: (replies.get(one.id) ?? []).map(remark),
    }
  })
}

function readOriginal(project: ProjectReader, version: FactId): DocumentNode | null {
  const row = project.version(version)
  return row && !row.removed && row.content.type === 'text' ? readVersion(project, version) : null
}
