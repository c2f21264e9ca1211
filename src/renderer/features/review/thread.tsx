import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { CommentThread } from '../../../contract/index.js'
import { initials } from '../../format/size.js'
import { formatWhenInside } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { currentThread, pointedThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { client } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { pinLook } from '../../ui/pin.js'
import { CommentField } from './comment-field.js'

interface ThreadProps {
  readonly project: string
  readonly thread: CommentThread
  readonly isOrphaned: boolean
  readonly isReadOnly: boolean
}

/** What was said about one place, with its replies. */
export function Thread({ project, thread, isOrphaned, isReadOnly }: ThreadProps) {
  const chosen = useStore(currentThread)
  const isCurrent = chosen?.thread === thread.id
  const element = useRef<HTMLLIElement>(null)
  const [isReplying, setReplying] = useState(false)
  const { item, version } = thread
  const reply = useMutation({
    mutationFn: (text: string) => client.review.comment({ project, item, version, text, anchor: { type: 'whole' }, replyTo: thread.id }),
    onSuccess: () => setReplying(false),
  })
  const resolve = useMutation({ mutationFn: (resolved: boolean) => client.review.resolve({ project, comment: thread.id, resolved }) })

  useEffect(() => {
    if (isCurrent && chosen.from === 'text') element.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent, chosen])

  const point = (): void => pointedThread.set(thread.id)
  const leave = (): void => pointedThread.set((before) => (before === thread.id ? null : before))
  const isRegion = thread.anchor.type === 'region'
  const hasPin = thread.anchor.type !== 'whole'
  return (
    <li ref={element} className={`comment ${isCurrent ? 'is-current' : ''}`} aria-current={isCurrent || undefined} onPointerEnter={point} onPointerLeave={leave} onFocus={point} onBlur={leave}>
      {hasPin ? (
        <AriaButton
          className={pinLook(thread.number, { isDone: thread.resolved })}
          aria-label={t('review.pin', { number: thread.number, person: thread.person.name })}
          onPress={() => currentThread.set({ thread: thread.id, from: 'list' })}
        >
          {thread.number}
        </AriaButton>
      ) : (
        <span className="person" aria-hidden="true">
          {initials(thread.person.name)}
        </span>
      )}
      <Who remark={thread} />
      {thread.anchor.type === 'words' && thread.anchor.quote !== '' ? <div className="quote">{shorten(thread.anchor.quote)}</div> : null}
      {isOrphaned ? (
        <p className="small secondary orphaned">
          <Icon name="info" small />
          {t('review.orphaned')}, {t('review.on-version', { number: thread.ordinal })}
        </p>
      ) : null}
      {isRegion ? <p className="small secondary">{t('review.on-version', { number: thread.ordinal }).replace(/^./, (letter) => letter.toLocaleUpperCase())}</p> : null}
      <div className="body">{thread.text}</div>
      {thread.replies.length > 0 ? (
        <ol className="replies">
          {thread.replies.map((one) => (
            <li key={one.id} className="comment">
              <span className="person" aria-hidden="true">
                {initials(one.person.name)}
              </span>
              <Who remark={one} />
              <div className="body">{one.text}</div>
            </li>
          ))}
        </ol>
      ) : null}
      {isReplying ? (
        <div className="comment-reply">
          <CommentField
            label={t('review.reply-field', { person: thread.person.name })}
            send={t('review.reply')}
            isSending={reply.isPending}
            error={reply.error}
            onSend={(text) => reply.mutate(text)}
            onCancel={() => setReplying(false)}
          />
        </div>
      ) : null}
      {resolve.error ? (
        <div className="comment-reply">
          <ErrorNotice error={resolve.error} onClose={() => resolve.reset()} />
        </div>
      ) : null}
      {isReadOnly || isReplying ? null : (
        <div className="acts">
          <AriaButton onPress={() => setReplying(true)}>{t('review.reply')}</AriaButton>
          <AriaButton isDisabled={resolve.isPending} onPress={() => resolve.mutate(!thread.resolved)}>
            {thread.resolved ? t('review.reopen') : t('review.resolve')}
          </AriaButton>
        </div>
      )}
    </li>
  )
}

function Who({ remark }: { readonly remark: Pick<CommentThread, 'person' | 'at'> }) {
  return (
    <div className="who">
      <strong className="truncate">{remark.person.name}</strong>
      <time className="number" dateTime={new Date(remark.at).toISOString()}>
        {formatWhenInside(remark.at)}
      </time>
    </div>
  )
}

const longest = 240
const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
