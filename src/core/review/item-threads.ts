import type { FactId, FactOf } from '../../contract/index.js'
import { Slices, type CommentPlace, type ProjectReader } from '../project/index.js'

export interface Comment { readonly id: FactId; readonly fact: FactOf<'comment'> }

/** A comment with the replies to it, oldest first. */
export interface Thread { readonly comment: Comment; readonly replies: readonly Comment[]; readonly resolved: boolean }

const PLACES_AT_ONCE = 500

/**
 * The threads of one item. Comments never change, so each is read once; which of them are shown is asked again after
 * anything was written.
 */
export class ItemThreads {
  private readonly comments = new Map<FactId, Comment | null>()
  private known: { readonly writes: number; readonly threads: Promise<readonly Thread[]> } | null = null

  constructor(private readonly project: ProjectReader, private readonly item: FactId) {}

  /** Oldest first. Read in slices. */
  all(): Promise<readonly Thread[]> {
    const writes = this.project.writes()
    if (this.known?.writes !== writes) {
      const threads = this.read()
      this.known = { writes, threads }
      // What failed is tried again by whoever asks next.
      threads.catch(() => { if (this.known?.threads === threads) this.known = null })
    }
    return this.known.threads
  }

  private async read(): Promise<readonly Thread[]> {
    const slices = new Slices()
    const roots: { comment: Comment; replies: Comment[]; resolved: boolean }[] = []
    const replies: Comment[] = []
    let after: CommentPlace | null = null
    for (;;) {
      const places: readonly CommentPlace[] = this.project.commentPlaces(this.item, { after, limit: PLACES_AT_ONCE })
      for (const { id, resolved } of places) {
        const comment = this.comment(id)
        if (comment?.fact.replyTo) replies.push(comment)
        else if (comment) roots.push({ comment, replies: [], resolved })
        await slices.breathe()
      }
      if (places.length < PLACES_AT_ONCE) break
      after = places.at(-1)!
    }
    const byId = new Map(roots.map((thread) => [thread.comment.id, thread]))
    for (const reply of replies) byId.get(reply.fact.replyTo!)?.replies.push(reply)
    return roots
  }

  private comment(id: FactId): Comment | null {
    if (!this.comments.has(id)) {
      const found = this.project.fact('comment', id)
      this.comments.set(id, found && { id, fact: found.fact })
    }
    return this.comments.get(id)!
  }
}
