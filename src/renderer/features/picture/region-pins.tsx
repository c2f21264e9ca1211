import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import type { CommentThread, VersionSummary } from '../../../contract/index.js'
import { formatNumber } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { pinLook } from '../../ui/pin.js'
import { groupPins } from '../../ui/pin-groups.js'

/** Regions are outlined where there are at most so many: more would cover the picture. */
const mostOutlines = 60

/** Threads on regions of a picture. The same bytes in another version are the same picture. */
export function threadsOn(version: VersionSummary, threads: readonly CommentThread[]): readonly CommentThread[] {
  const hash = version.content.type === 'blob' ? version.content.hash : null
  return threads.filter(({ anchor, version: on }) => anchor.type === 'region' && (on === version.id || anchor.content === hash))
}

interface RegionPinsProps {
  readonly threads: readonly CommentThread[]
  /** Of the picture as it is shown, in pixels. */
  readonly width: number
  readonly height: number
}

/** The regions that were commented on, each with the number of its thread. Done ones are shown only while a person is at them. */
export function RegionPins({ threads, width, height }: RegionPinsProps) {
  const current = useStore(currentThread)?.thread ?? null
  const shown = useMemo(() => threads.filter((thread) => !thread.resolved || thread.id === current), [threads, current])
  const groups = useMemo(() => groupPins(shown, width, height), [shown, width, height])
  if (shown.length === 0) return null
  const outlined = shown.length > mostOutlines ? shown.filter(({ id }) => id === current) : shown
  return (
    <div role="group" aria-label={t('picture.regions')}>
      {outlined.map(({ id, anchor }) => anchor.type === 'region' ? (
        <span key={id} className={`region ${id === current ? 'is-current' : ''}`} style={{ insetInlineStart: `${anchor.x}%`, insetBlockStart: `${anchor.y}%`, width: `${anchor.width}%`, height: `${anchor.height}%` }} />
      ) : null)}
      {groups.map((group) => <RegionPin key={group[0]!.id} group={group} current={current} />)}
    </div>
  )
}

/** One pin; where several lie on each other, pressing it goes from one thread to the next. */
function RegionPin({ group, current }: { readonly group: readonly CommentThread[]; readonly current: string | null }) {
  const at = group.findIndex(({ id }) => id === current)
  const thread = group[Math.max(0, at)]!
  if (thread.anchor.type !== 'region') return null
  const isMany = group.length > 1
  const one = t('review.pin', { number: thread.number, person: thread.person.name })
  const next = isMany ? group[(at + 1) % group.length]! : at < 0 ? thread : null
  return (
    <Button
      className={`region-pin ${pinLook(isMany && at < 0 ? 0 : thread.number, { isMany, isDone: thread.resolved })}`} style={{ insetInlineStart: `${thread.anchor.x}%`, insetBlockStart: `${thread.anchor.y}%` }} aria-pressed={at >= 0}
      aria-label={isMany ? t('review.pins-of-place', { count: group.length, shown: at < 0 ? '' : one }) : one} onPress={() => currentThread.set(next && { thread: next.id, from: 'text' })}
    >
      {isMany && at < 0 ? `×${formatNumber(group.length)}` : thread.number}
    </Button>
  )
}
