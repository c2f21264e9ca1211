import { useMutation } from '@tanstack/react-query'
import { formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { currentThread, showReview } from '../../state/review.js'
import { studio } from '../../studio.js'
import { Button, IconButton } from '../../ui/button.js'
import { pinLook } from '../../ui/pin.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import type { PlacedThread } from './region-threads.js'

/** The thread that a person is at, beside its region. Talking goes on in *Review*. */
export function RegionCard({ project, thread }: { readonly project: string; readonly thread: PlacedThread }) {
  const resolve = useMutation(studio.review.resolve.mutationOptions())
  return (
    <div className="comment-card" role="group" aria-label={t('review.pin', { number: thread.number, person: thread.person.name })}>
      <div className="row">
        <span className={pinLook(thread.number, { isDone: thread.resolved })} aria-hidden="true">{thread.number}</span><strong className="truncate">{thread.person.name}</strong>
        <span className="small faint push">{formatWhen(thread.at)}</span>
        <IconButton icon="x" small label={t('general.close')} onPress={() => currentThread.set(null)} />
      </div>
      <p>{thread.text}</p>
      {thread.isEarlier ? <p className="small secondary comment-card-on">{t('review.on-version', { number: thread.ordinal }).replace(/^./, (letter) => letter.toLocaleUpperCase())}</p> : null}
      {resolve.error ? <ErrorNotice error={resolve.error} onClose={() => resolve.reset()} /> : null}
      <div className="row comment-card-acts">
        <Button size="small" look="quiet" onPress={() => { currentThread.set({ thread: thread.id, from: 'text' }); showReview() }}>{t('review.reply')}</Button>
        <Button size="small" look="quiet" isDisabled={resolve.isPending} onPress={() => resolve.mutate({ project, comment: thread.id, resolved: !thread.resolved })}>{t(thread.resolved ? 'review.reopen' : 'review.resolve')}</Button>
      </div>
    </div>
  )
}
