import { Button } from 'react-aria-components'
import type { CommentThread, VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { numberThreads, type NumberedThread } from '../writing/index.js'

/** Threads on regions of a picture. The same bytes in another version are the same picture. */
export function threadsOn(version: VersionSummary, threads: readonly CommentThread[]): readonly NumberedThread[] {
  const hash = version.content.type === 'blob' ? version.content.hash : null
  return numberThreads(threads).filter(({ anchor, version: on }) => anchor.type === 'region' && (on === version.id || anchor.content === hash))
}

/** The regions that were commented on, each with the number of its thread. Done ones are shown only while a person is at them. */
export function RegionPins({ threads }: { readonly threads: readonly NumberedThread[] }) {
  const current = useStore(currentThread)?.thread ?? null
  const shown = threads.filter((thread) => !thread.resolved || thread.id === current)
  if (shown.length === 0) return null
  return (
    <div role="group" aria-label={t('picture.regions')}>
      {shown.map((thread) => {
        if (thread.anchor.type !== 'region') return null
        const { x, y, width, height } = thread.anchor
        const isCurrent = thread.id === current
        return (
          <div key={thread.id}>
            <span className={`region ${isCurrent ? 'is-current' : ''}`} style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%`, width: `${width}%`, height: `${height}%` }} />
            <Button
              className={`pin region-pin ${thread.resolved ? 'is-done' : ''}`} style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%` }} aria-pressed={isCurrent}
              aria-label={t('review.pin', { number: thread.number, person: thread.person.name })} onPress={() => currentThread.set(isCurrent ? null : { thread: thread.id, from: 'text' })}
            >
              {thread.number}
            </Button>
          </div>
        )
      })}
    </div>
  )
}
