import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { formatNumber } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { currentThread, pointedThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { pinLook } from '../../ui/pin.js'
import { groupPins } from '../../ui/pin-groups.js'
import type { PlacedThread } from './region-threads.js'

/** Regions are outlined where there are at most so many: more would cover the picture. */
const mostOutlines = 60

interface RegionPinsProps {
  readonly threads: readonly PlacedThread[]
  /** Of the picture as it is shown, in pixels. */
  readonly width: number
  readonly height: number
}

/** The regions that were commented on, each with the number of its thread. Done ones are shown only while a person is at them. */
export function RegionPins({ threads, width, height }: RegionPinsProps) {
  const current = useStore(currentThread)?.thread ?? null
  const pointed = useStore(pointedThread)
  const shown = useMemo(() => threads.filter((thread) => !thread.resolved || thread.id === current || thread.id === pointed), [threads, current, pointed])
  const groups = useMemo(() => groupPins(shown, width, height), [shown, width, height])
  if (shown.length === 0) return null
  const isOutlined = ({ id }: PlacedThread): boolean => shown.length <= mostOutlines || id === current || id === pointed
  return (
    <div role="group" aria-label={t('picture.regions')}>
      {shown.filter(isOutlined).map((thread) => {
        const { id, region: { x, y, width: across, height: down } } = thread
        return <span key={id} className={`region ${lookOf(thread, current, pointed)}`} style={{ left: `${x}%`, top: `${y}%`, width: `${across}%`, height: `${down}%` }} />
      })}
      {groups.map((group) => <RegionPin key={group[0]!.id} group={group} current={current} pointed={pointed} />)}
    </div>
  )
}

const lookOf = ({ id, isEarlier }: PlacedThread, current: string | null, pointed: string | null): string =>
  [id === current ? 'is-current' : '', id === pointed ? 'is-pointed' : '', isEarlier ? 'is-earlier' : ''].join(' ')

/** One pin; where several lie on each other, pressing it goes from one thread to the next. */
function RegionPin({ group, current, pointed }: { readonly group: readonly PlacedThread[]; readonly current: string | null; readonly pointed: string | null }) {
  const at = group.findIndex(({ id }) => id === current)
  const thread = group[Math.max(0, at)]!
  const isMany = group.length > 1
  const one = t('review.pin', { number: thread.number, person: thread.person.name }) + (thread.isEarlier ? `, ${t('review.on-version', { number: thread.ordinal })}` : '')
  const next = isMany ? group[(at + 1) % group.length]! : at < 0 ? thread : null
  return (
    <Button
      className={`region-pin ${pinLook(isMany && at < 0 ? 0 : thread.number, { isMany, isDone: thread.resolved })} ${lookOf(thread, current, group.some(({ id }) => id === pointed) ? thread.id : null)}`}
      style={{ left: `${thread.region.x}%`, top: `${thread.region.y}%` }} aria-pressed={at >= 0}
      aria-label={isMany ? t('review.pins-of-place', { count: group.length, shown: at < 0 ? '' : one }) : one} onPress={() => currentThread.set(next && { thread: next.id, from: 'text' })}
      onHoverStart={() => pointedThread.set(thread.id)} onHoverEnd={() => pointedThread.set((before) => (before === thread.id ? null : before))}
    >
      {isMany && at < 0 ? `×${formatNumber(group.length)}` : thread.number}
    </Button>
  )
}
