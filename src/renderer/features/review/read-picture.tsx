import { useEffect, useMemo, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { pictureUrl, type CommentThread } from '../../../contract/index.js'
import { formatNumber } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { groupPins } from '../../ui/pin-groups.js'
import { pinLook } from '../../ui/pin.js'

/** Regions are outlined where there are at most so many: more would cover the picture. */
const mostOutlines = 60

interface ReadPictureProps {
  readonly project: string
  readonly hash: string
  readonly width: number | null
  readonly height: number | null
  readonly name: string
  readonly threads: readonly CommentThread[]
}

/** A picture on the light table, with the regions that were commented on. Pins that would lie on each other are one. */
export function ReadPicture({ project, hash, width, height, name, threads }: ReadPictureProps) {
  const [isMissing, setMissing] = useState(false)
  const [size, setSize] = useState({ width: 800, height: 600 })
  const print = useRef<HTMLDivElement>(null)
  const current = useStore(currentThread)?.thread ?? null
  const regions = useMemo(
    () => threads.flatMap((thread) => (thread.anchor.type === 'region' && (!thread.resolved || thread.id === current) ? [{ ...thread, region: thread.anchor }] : [])),
    [threads, current],
  )
  const groups = useMemo(() => groupPins(regions, size.width, size.height), [regions, size])
  const outlined = regions.length > mostOutlines ? regions.filter(({ id }) => id === current) : regions
  useEffect(() => {
    if (!print.current) return
    const sizes = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    sizes.observe(print.current)
    return () => sizes.disconnect()
  }, [])
  return (
    <div className="review-table">
      <div ref={print} className="review-print" style={width && height ? { aspectRatio: `${width} / ${height}` } : undefined}>
        {isMissing ? <p className="small secondary">{name}</p> : <img src={pictureUrl(project, hash, 1280)} alt={name} onError={() => setMissing(true)} />}
        {outlined.map(({ id, anchor }) =>
          anchor.type === 'region' ? (
            <span
              key={id}
              className={`review-region ${id === current ? 'is-current' : ''}`}
              style={{ insetInlineStart: `${anchor.x}%`, insetBlockStart: `${anchor.y}%`, width: `${anchor.width}%`, height: `${anchor.height}%` }}
            />
          ) : null,
        )}
        {groups.map((group) => (
          <Pin key={group[0]!.id} group={group} current={current} />
        ))}
      </div>
    </div>
  )
}

function Pin({ group, current }: { readonly group: readonly CommentThread[]; readonly current: string | null }) {
  const at = group.findIndex(({ id }) => id === current)
  const thread = group[Math.max(0, at)]!
  if (thread.anchor.type !== 'region') return null
  const isMany = group.length > 1
  const isClosed = isMany && at < 0
  const one = t('review.pin', { number: thread.number, person: thread.person.name })
  return (
    <AriaButton
      className={`review-region-pin ${pinLook(isClosed ? 0 : thread.number, { isMany, isDone: thread.resolved })}`}
      style={{ insetInlineStart: `${thread.anchor.x}%`, insetBlockStart: `${thread.anchor.y}%` }}
      aria-label={isMany ? t('review.pins-of-place', { count: group.length, shown: isClosed ? '' : one }) : one}
      onPress={() => currentThread.set({ thread: group[(at + 1) % group.length]!.id, from: 'text' })}
    >
      {isClosed ? `×${formatNumber(group.length)}` : thread.number}
    </AriaButton>
  )
}
