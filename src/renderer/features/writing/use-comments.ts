import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { CommentThread } from '../../../contract/index.js'
import type { DocumentNode } from '../../../document/index.js'
import { composing, currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { numberThreads } from './comment-places.js'
import type { TextDesk } from './text-desk.js'

const none: readonly CommentThread[] = []

/** Keeps the comments of an open text where their words are, and the text where the chosen comment is. */
export function useComments(desk: TextDesk): void {
  const { project, item } = desk.place
  const isMounted = useStore(desk.isMounted)
  const threads = useQuery(studio.review.view.queryOptions({ input: { project, item } })).data?.threads ?? none
  const versions = useMemo(() => [...new Set(threads.filter(({ anchor }) => anchor.type === 'words').map(({ version }) => version))], [threads])
  const { parse } = desk.tools
  const originals = useQueries({
    // A version never changes, so it is read once.
    queries: versions.map((version) => ({ ...studio.items.versionText.queryOptions({ input: { project, version } }), staleTime: Infinity })),
    combine: (answers) => (answers.some(({ isPending }) => isPending) ? null : answers.map(({ data }) => data?.doc ?? null)),
  })
  const documents = useMemo(() => {
    if (originals === null) return null
    return new Map(originals.flatMap((doc, index): [string, DocumentNode][] => (doc === null ? [] : [[versions[index]!, parse(doc)]])))
  }, [originals, versions, parse])

  useEffect(() => {
    if (isMounted && documents) desk.comments.setThreads(numberThreads(threads), documents)
  }, [desk, isMounted, threads, documents])

  const chosen = useStore(currentThread)
  useEffect(() => {
    if (!isMounted) return
    desk.comments.setCurrent(chosen?.thread ?? null)
    if (chosen?.from === 'list') desk.scrollToComment(chosen.thread)
  }, [desk, isMounted, chosen])

  const isComposing = useStore(composing)?.item === item
  useEffect(() => {
    if (!isComposing) return
    return () => desk.comments.end()
  }, [desk, isComposing])
}
