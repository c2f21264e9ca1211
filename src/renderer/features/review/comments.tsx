import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { CommentThread } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { composing, type Composing } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { Button } from '../../ui/button.js'
import { Icon } from '../../ui/icon.js'
import { focusText, numberThreads, type CommentMark } from '../writing/index.js'
import { CommentField } from './comment-field.js'
import { Thread } from './thread.js'
import { sortThreads } from './threads.js'
import type { NewComment } from './use-review.js'

interface CommentsProps {
  readonly project: string
  readonly item: string
  readonly isText: boolean
  readonly threads: readonly CommentThread[]
  readonly marks: readonly CommentMark[] | null
  readonly isReadOnly: boolean
  readonly comment: { readonly isPending: boolean; readonly error: unknown; readonly mutate: (comment: NewComment) => void; readonly reset: () => void }
}

/** What was said: open threads first, those that are done folded away. */
export function Comments({ project, item, isText, threads, marks, isReadOnly, comment }: CommentsProps) {
  const [showsDone, setShowsDone] = useState(false)
  const writing = useStore(composing)
  const { open, done, orphaned } = sortThreads(numberThreads(threads), marks)
  const isWriting = writing?.item === item

  function stop(): void {
    comment.reset()
    composing.set(null)
    if (writing?.on.type === 'words') focusText(item)
  }

  const list = (shown: typeof open) =>
    shown.map((thread) => <Thread key={thread.id} project={project} thread={thread} isOrphaned={orphaned.has(thread.id)} isReadOnly={isReadOnly} />)
  return (
    <section className="pane-section" aria-label={t('review.comments')}>
      <h2 className="pane-head comments-head">
        {t('review.comments')}
        <span className="more number">{threads.length === 0 ? '' : t('review.counts', { open: open.length, done: done.length })}</span>
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
      {threads.length === 0 && !isWriting ? (
        <p className="small secondary">
          {t('review.no-comments')}
          {isText && !isReadOnly ? ` ${t('review.no-comments-text', { keys: 'Ctrl Alt M' })}` : ''}
        </p>
      ) : null}
      <ol>{list(open)}</ol>
      {done.length > 0 ? (
        <AriaButton className="row small secondary unfold" aria-expanded={showsDone} onPress={() => setShowsDone(!showsDone)}>
          <Icon name={showsDone ? 'down' : 'right'} small />
          {t('review.done', { count: done.length })}
        </AriaButton>
      ) : null}
      {showsDone ? <ol>{list(done)}</ol> : null}
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
