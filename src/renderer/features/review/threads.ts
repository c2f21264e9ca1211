import type { CommentThread } from '../../../contract/index.js'
import type { CommentMark } from '../writing/index.js'

export interface SortedThreads {
  readonly open: readonly CommentThread[]
  readonly done: readonly CommentThread[]
  readonly orphaned: ReadonlySet<string>
}

/**
 * Threads as they are listed: open ones in the order of their words, then those without a place. `marks` are the places in
 * an editor, which knows more than core while somebody types; null where none is open.
 */
export function sortThreads(threads: readonly CommentThread[], marks: readonly CommentMark[] | null): SortedThreads {
  const known = marks ? new Map(marks.map((mark) => [mark.id, mark.from])) : null
  const placeOf = (thread: CommentThread): number | null => (known ? (known.get(thread.id) ?? null) : (thread.range?.from ?? null))
  const orphaned = new Set(threads.filter((thread) => thread.anchor.type === 'words' && (known ? !known.has(thread.id) : thread.orphaned)).map(({ id }) => id))
  const sorted = [...threads].sort((a, b) => (placeOf(a) ?? Infinity) - (placeOf(b) ?? Infinity) || a.number - b.number)
  return { open: sorted.filter(({ resolved }) => !resolved), done: sorted.filter(({ resolved }) => resolved), orphaned }
}
