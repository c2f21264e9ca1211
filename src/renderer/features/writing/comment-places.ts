import type { Node } from 'prosemirror-model'
import type { CommentThread } from '../../../contract/index.js'
import { resolveAnchor } from '../../../document/index.js'
import type { CommentMark } from './comments-plugin.js'

/** A thread with the number of its pin: threads count from 1 in the order in which they began. */
export interface NumberedThread extends CommentThread {
  readonly number: number
}

export function numberThreads(threads: readonly CommentThread[]): readonly NumberedThread[] {
  return threads.map((thread, index) => ({ ...thread, number: index + 1 }))
}

/**
 * Where the words of threads stand in `current`; threads whose words are gone, and those on whole texts, are left out.
 * `originals` are the documents of the versions that the comments were written on, as far as they are known.
 */
export function placeThreads(threads: readonly NumberedThread[], originals: ReadonlyMap<string, Node>, current: Node): readonly CommentMark[] {
  return threads.flatMap(({ id, number, person, resolved, anchor, version }) => {
    if (anchor.type !== 'words') return []
    const original = originals.get(version)
    const range = resolveAnchor(anchor, { ...(original ? { original } : {}), current })
    return range && range.from < range.to ? [{ id, number, person: person.name, isResolved: resolved, ...range }] : []
  })
}
