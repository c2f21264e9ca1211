import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { CommentThread } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { Button } from '../../ui/button.js'
import { Thread } from './thread.js'
import { earlier, firstWindow, later, windowAround } from './thread-window.js'

interface ThreadListProps {
  readonly project: string
  readonly threads: readonly CommentThread[]
  readonly orphaned: ReadonlySet<string>
  readonly isReadOnly: boolean
}

/** Threads one below the other. Of thousands a few dozen are drawn: more come as one scrolls, and a chosen one is gone to. */
export function ThreadList({ project, threads, orphaned, isReadOnly }: ThreadListProps) {
  const [window, setWindow] = useState(firstWindow)
  const chosen = useStore(currentThread)
  const [followed, setFollowed] = useState(chosen)
  if (followed !== chosen) {
    setFollowed(chosen)
    if (chosen) setWindow(windowAround(window, threads.findIndex(({ id }) => id === chosen.thread)))
  }
  const left = threads.length - window.to
  return (
    <>
      {window.from > 0 ? (
        <Button size="small" look="quiet" onPress={() => setWindow(earlier)}>
          {t('review.earlier-threads', { count: window.from })}
        </Button>
      ) : null}
      <ol>
        {threads.slice(window.from, window.to).map((thread) => (
          <Thread key={thread.id} project={project} thread={thread} isOrphaned={orphaned.has(thread.id)} isReadOnly={isReadOnly} />
        ))}
      </ol>
      {left > 0 ? <More key={window.to} count={left} onMore={() => setWindow(later)} /> : null}
    </>
  )
}

/** Brings more when it is scrolled to, or pressed. */
function More({ count, onMore }: { readonly count: number; readonly onMore: () => void }) {
  const element = useRef<HTMLDivElement>(null)
  const more = useEffectEvent(onMore)
  useEffect(() => {
    if (!element.current) return
    const seen = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) more() }, { rootMargin: '200px' })
    seen.observe(element.current)
    return () => seen.disconnect()
  }, [])
  return (
    <div ref={element}>
      <Button size="small" look="quiet" onPress={onMore}>
        {t('review.later-threads', { count })}
      </Button>
    </div>
  )
}
