import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CommentThread, ReviewView } from '../../contract/index.js'
import { studio } from '../studio.js'

/** Threads that one answer of core brings. */
const pageSize = 250

const none: readonly CommentThread[] = []
const countOf = (view: ReviewView): number => view.threads.all
// One function, so that pages that did not change are not looked through again.
const pagesOf = (answers: readonly { data?: CommentThread[] | undefined }[]): (readonly CommentThread[])[] => answers.map(({ data }) => data ?? none)

/** What was said about an item, oldest first. Thousands of threads come page by page: those that are there are shown. */
export function useThreads(project: string, item: string): readonly CommentThread[] {
  const count = useQuery({ ...studio.review.view.queryOptions({ input: { project, item } }), select: countOf }).data ?? 0
  const pages = useQueries({
    queries: Array.from({ length: Math.ceil(count / pageSize) }, (_, page) =>
      studio.review.threads.queryOptions({ input: { project, item, after: page * pageSize, limit: pageSize } })),
    combine: pagesOf,
  })
  return useMemo(() => (pages.length === 1 ? pages[0]! : pages.flat()), [pages])
}
