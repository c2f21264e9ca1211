import { useMemo, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { CommentThread, ReviewView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { composing, type Composing } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { Button } from '../../ui/button.js'
import { Icon } from '../../ui/icon.js'
import { focusText, type CommentMark } from '../writing/index.js'
import { CommentField } from './comment-field.js'
import { ThreadList } from './thread-list.js'
import { sortThreads } from './threads.js'
import type { NewComment } from './use-review.js'

interface CommentsProps {
  readonly project: string
  readonly item: string
  readonly isText: boolean
  readonly threads: readonly CommentThread[]
  /** How many there are: of thousands not all have come yet. */
  readonly count: ReviewView['threads']
  readonly marks: readonly CommentMark[] | null
  readonly isReadOnly: boolean
  readonly comment: { readonly isPending: boolean; readonly error: unknown; readonly mutate: (comment: NewComment) => void; readonly reset: () => void }
}

/** What was said: open threads first, those that are done folded away. */
export function Comments({ project, item, isText, threads, count, marks, isReadOnly, comment }: CommentsProps) {
  const [showsDone, setShowsDone] = useState(false)
  const writing = useStore(composing)
  const { open, done, orphaned } = useMemo(() => sortThreads(threads, marks), [threads, marks])
  const isWriting = writing?.item === item

  function stop(): void {
    comment.reset()
    composing.set(null)
    if (writing?.on.type === 'words') focusText(item)
  }

  const list = (shown: typeof open) => <ThreadList key={item} project={project} threads={shown} orphaned={orphaned} isReadOnly={isReadOnly} />
  const coming = count.all - threads.length
  return (
    <section className="pane-section" aria-label={t('review.comments')}>
      <h2 className="pane-head comments-head">
        {t('review.comments')}
        <span className="more number">{count.all === 0 ? '' : t('review.counts', { open: count.all - count.done, done: count.done })}</span>
      </h2>
      {isWriting ? (
        <div className="comment-new">
          <About on={writing.on} />
          <CommentField
            key={JSON.stringify(writing.on)}
            label={t('review.comment-field')}
            send={t('review.send')}
            isSending={comment.isPending}
            error={comment.error}
            onSend={(text) => comment.mutate({ text, on: writing.on })}
            onCancel={stop}
          />
        </div>
      ) : null}
      {count.all === 0 && !isWriting ? (
        <p className="small secondary">
          {t('review.no-comments')}
          {isText && !isReadOnly ? ` ${t('review.no-comments-text', { keys: 'Ctrl\u00a0Alt\u00a0M' })}` : ''}
        </p>
      ) : null}
      {open.length > 0 ? list(open) : null}
      {coming > 0 ? (
        <p className="small secondary number" role="status">
          {t('review.coming', { count: coming })}
        </p>
      ) : null}
      {done.length > 0 ? (
        <AriaButton className="row small secondary unfold" aria-expanded={showsDone} onPress={() => setShowsDone(!showsDone)}>
          <Icon name={showsDone ? 'down' : 'right'} small />
          {t('review.done', { count: done.length })}
        </AriaButton>
      ) : null}
      {showsDone && done.length > 0 ? list(done) : null}
      {isWriting || isReadOnly ? null : (
        <div className="comment-begin">
          <Button size="small" icon="comment" onPress={() => composing.set({ item, on: { type: 'whole' } })}>
            {t('review.write')}
          </Button>
        </div>
      )}
    </section>
  )
}

function About({ on }: { readonly on: Composing['on'] }) {
  if (on.type === 'words') return <div className="comment-quote">{on.quote.length > 240 ? `${on.quote.slice(0, 240)}…` : on.quote}</div>
  return <p className="small secondary">{on.type === 'region' ? t('review.on-region') : t('review.on-whole')}</p>
}
