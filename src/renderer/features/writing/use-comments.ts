import { useEffect } from 'react'
import { composing, currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { useThreads } from '../../state/threads.js'
import type { TextDesk } from './text-desk.js'
import { useOriginals } from './use-originals.js'

/** Pages of threads come one after the other: the editor is told when none came for this long, in milliseconds. */
const gather = 60

/** Keeps the comments of an open text where their words are, and the text where the chosen comment is. */
export function useComments(desk: TextDesk): void {
  const { project, item } = desk.place
  const isMounted = useStore(desk.isMounted)
  const threads = useThreads(project, item)
  const originals = useOriginals(project, useStore(desk.comments.wanted))

  useEffect(() => {
    if (!isMounted) return
    const timer = setTimeout(() => desk.comments.setThreads(threads, originals), gather)
    return () => clearTimeout(timer)
  }, [desk, isMounted, threads, originals])

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
