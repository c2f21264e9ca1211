import { useMutation, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CommentAnchor, CommentThread, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { composing, startComment } from '../../state/review.js'
import { showView } from '../../state/route.js'
import { useThreads } from '../../state/threads.js'
import { client, studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import {
  Comments,
  Decisions,
  lastApproved,
  ReadPicture,
  ReadText,
  Reasons,
  useMembers,
  useReview,
  type DecisionKind,
  type NewComment,
} from '../review/index.js'
import { Comparison } from '../compare/index.js'
import type { CommentMark } from '../writing/index.js'
import { DecisionBar } from './decision-bar.js'
import { useSingleKeys } from '../workspace/use-single-keys.js'
import type { Waiting } from './use-waiting.js'

interface ReviewedProps {
  readonly project: ProjectSummary
  readonly one: Waiting
  readonly onDecided: (decision: DecisionKind) => void
}

/** One version that waits: to read, to compare with the last approved one, to comment and to decide. */
export function Reviewed({ project, one, onDecided }: ReviewedProps) {
  const { handle } = project
  const [open, setOpen] = useState<DecisionKind | null>(null)
  const [compares, setCompares] = useState(false)
  const [marks, setMarks] = useState<readonly CommentMark[] | null>(null)
  const review = useReview(handle, one.item).data
  const version = useQuery(studio.items.version.queryOptions({ input: { project: handle, version: one.version } })).data
  const { counts } = useMembers(handle)
  const threads = useThreads(handle, one.item)
  const comment = useVersionComment(handle, one)
  const approved = review ? lastApproved(review, one.version) : null
  const middle = useRef<HTMLDivElement>(null)
  const isText = one.kind === 'text'

  useSingleKeys({
    a: () => setOpen('approve'),
    n: () => setOpen('approve-with-notes'),
    c: () => setOpen('changes'),
    d: () => {
      if (approved) setCompares((before) => !before)
    },
  })
  // Arrow keys and Page Down scroll what is read, without a press of Tab first.
  useEffect(() => middle.current?.focus({ preventScroll: true }), [])

  const ordinal = version?.ordinal ?? 0
  return (
    <>
      <section className="work" aria-label={one.title}>
        <div className="toolbar">
          <h2 className="crumbs">
            <strong>{one.title}</strong>
          </h2>
          <ReviewStateMark state={review?.state ?? 'in-review'} />
          <span className="gap" />
          <span className="small secondary number">{t('versions.ordinal', { number: ordinal })}</span>
          <span className="divider" />
          <Button
            look="quiet"
            icon="compare"
            isDisabled={!approved}
            onPress={() => setCompares(!compares)}
            aria-label={approved ? undefined : t('waiting.no-approved')}
          >
            {approved ? t(compares ? 'waiting.compared' : 'waiting.since', { number: approved.ordinal }) : t('waiting.no-approved')}
          </Button>
          <Button look="quiet" onPress={() => showView({ type: 'item', item: one.item })}>
            {t('waiting.open-item')}
          </Button>
        </div>
        <div ref={middle} className="work-scroll" tabIndex={0} role="group" aria-label={t('waiting.review')}>
          {compares && approved ? (
            <Comparison texts={{ project: handle, item: one.item, old: approved.version, fresh: one.version }} layout="words" />
          ) : (
            <Shown
              project={handle}
              one={one}
              ordinal={ordinal}
              picture={version?.content.type === 'blob' ? version.content : null}
              isText={isText}
              threads={threads}
              onMarks={setMarks}
            />
          )}
        </div>
      </section>
      <aside className="pane review-side" aria-label={t('waiting.review')}>
        <div className="pane-scroll" tabIndex={0} role="group" aria-label={t('inspector.review')}>
          {review ? (
            <>
              <section className="pane-section" aria-label={t('review.why')}>
                <Reasons reasons={review.reasons} />
              </section>
              <Comments
                project={handle}
                item={one.item}
                isText={isText}
                threads={threads}
                count={review.threads}
                marks={isText ? marks : null}
                isReadOnly={project.readOnly}
                comment={comment}
              />
              <Decisions project={handle} view={review} version={one.version} />
            </>
          ) : null}
        </div>
      </aside>
      {version && !project.readOnly ? (
        <DecisionBar
          project={handle}
          one={one}
          ordinal={ordinal}
          open={open}
          waitsFor={counts || !project.founder ? null : project.founder.name}
          onOpen={setOpen}
          onDecided={onDecided}
        />
      ) : null}
    </>
  )
}

interface ShownProps {
  readonly project: string
  readonly one: Waiting
  readonly ordinal: number
  readonly picture: { readonly hash: string; readonly width: number | null; readonly height: number | null } | null
  readonly isText: boolean
  readonly threads: readonly CommentThread[]
  readonly onMarks: (marks: readonly CommentMark[]) => void
}

function Shown({ project, one, ordinal, picture, isText, threads, onMarks }: ShownProps) {
  const text = useQuery({ ...studio.items.versionText.queryOptions({ input: { project, version: one.version } }), staleTime: Infinity, enabled: isText })
  const onComment = useCallback(
    (anchor: CommentAnchor, quote: string) => {
      begun.set(one.item, anchor)
      startComment({ item: one.item, on: { type: 'words', quote } })
    },
    [one.item],
  )
  const name = t('waiting.text', { title: one.title, number: ordinal })
  if (picture)
    return (
      <ReadPicture
        project={project}
        hash={picture.hash}
        width={picture.width}
        height={picture.height}
        name={t('compare.picture-of', { number: ordinal, title: one.title })}
        threads={threads}
      />
    )
  if (text.error) return <ErrorNotice error={text.error} steps={{ 'try-again': () => void text.refetch() }} />
  if (!text.data) return null
  return (
    <article className="sheet review-sheet manuscript">
      <h1>{one.title}</h1>
      <ReadText doc={text.data.doc} name={name} threads={threads} project={project} onMarks={onMarks} onComment={onComment} />
    </article>
  )
}

/** Anchors of comments that were begun here, in positions of the version that is read. */
const begun = new Map<string, CommentAnchor>()

/** Comments here are on the version that waits, whatever the draft has become. */
function useVersionComment(project: string, { item, version }: Waiting) {
  return useMutation({
    mutationFn: ({ text, on }: NewComment) =>
      client.review.comment({ project, item, version, text, anchor: on.type === 'words' ? (begun.get(item) ?? { type: 'whole' }) : on }),
    onSuccess: () => composing.set(null),
  })
}
