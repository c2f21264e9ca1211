import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { pictureUrl, type CommentThread } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'

interface ReadPictureProps {
  readonly project: string
  readonly hash: string
  readonly width: number | null
  readonly height: number | null
  readonly name: string
  readonly threads: readonly CommentThread[]
}

/** A picture on the light table, with the regions that were commented on. */
export function ReadPicture({ project, hash, width, height, name, threads }: ReadPictureProps) {
  const [isMissing, setMissing] = useState(false)
  const current = useStore(currentThread)?.thread ?? null
  const regions = threads.filter((thread) => thread.anchor.type === 'region' && (!thread.resolved || thread.id === current))
  return (
    <div className="review-table">
      <div className="review-print" style={width && height ? { aspectRatio: `${width} / ${height}` } : undefined}>
        {isMissing ? <p className="small secondary">{name}</p> : <img src={pictureUrl(project, hash, 1280)} alt={name} onError={() => setMissing(true)} />}
        {regions.map((thread) => {
          if (thread.anchor.type !== 'region') return null
          const { x, y, width: w, height: h } = thread.anchor
          return (
            <div key={thread.id}>
              <span
                className={`review-region ${thread.id === current ? 'is-current' : ''}`}
                style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%`, width: `${w}%`, height: `${h}%` }}
              />
              <AriaButton
                className={`pin review-region-pin ${thread.resolved ? 'is-done' : ''}`}
                style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%` }}
                aria-label={t('review.pin', { number: thread.number, person: thread.person.name })}
                onPress={() => currentThread.set({ thread: thread.id, from: 'text' })}
              >
                {thread.number}
              </AriaButton>
            </div>
          )
        })}
      </div>
    </div>
  )
}
