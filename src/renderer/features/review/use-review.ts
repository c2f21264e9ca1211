import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { StudioError, type CommentAnchor, type MemberView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { composing, currentThread, type Composing } from '../../state/review.js'
import { client, studio } from '../../studio.js'
import { flushText, pendingAnchor } from '../writing/index.js'

export type DecisionKind = 'approve' | 'approve-with-notes' | 'changes'

/** What was said and decided about an item, and the state that follows from it. */
export function useReview(project: string, item: string) {
  return useQuery({
    ...studio.review.view.queryOptions({ input: { project, item } }),
    placeholderData: (before, query) => (isOfItem(query, item) ? before : undefined),
  })
}

// After a restart of core the same item has another handle of its project: what is shown stays meanwhile.
function isOfItem(query: { queryKey: readonly unknown[] } | undefined, item: string): boolean {
  return JSON.stringify(query?.queryKey ?? '').includes(item)
}

/** Everybody who wrote in the project, and whether a decision of this person would count. */
export function useMembers(project: string): { readonly members: readonly MemberView[]; readonly me: MemberView | null; readonly counts: boolean } {
  const members = useQuery({ ...studio.review.members.queryOptions({ input: { project } }), placeholderData: keepPreviousData }).data ?? []
  const me = members.find((member) => member.me) ?? null
  return { members, me, counts: me?.admitted ?? false }
}

export interface NewComment {
  readonly text: string
  readonly on: Composing['on']
}

/** Writes a comment on an item's draft (or on `version`, with an anchor of that version). */
export function useComment(project: string, item: string) {
  return useMutation({
    mutationFn: async ({ text, on }: NewComment) => client.review.comment({ project, item, text, anchor: await anchorOf(project, item, on) }),
    onSuccess: ({ comment }) => {
      composing.set(null)
      currentThread.set({ thread: comment, from: 'text' })
    },
  })
}

async function anchorOf(project: string, item: string, on: Composing['on']): Promise<CommentAnchor> {
  if (on.type !== 'words') {
    await flushText(project, item)
    return on
  }
  const anchor = await pendingAnchor(project, item)
  if (!anchor) throw new StudioError('bad-input', { detail: t('review.words-gone') })
  return anchor
}

export interface Ask {
  readonly version: string | null
  readonly to: string[]
  readonly note: string
  readonly due: number | null
}

/** Sends an item to review; what is typed comes along. */
export function useAsk(project: string, item: string) {
  return useMutation({
    mutationFn: async ({ version, to, note, due }: Ask) => {
      await flushText(project, item)
      return client.review.request({ project, item, to, note, ...(version === null ? {} : { version }), ...(due === null ? {} : { due }) })
    },
  })
}
