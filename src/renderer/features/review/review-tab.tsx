import './review.css'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { useThreads } from '../../state/threads.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import { useCommentPlaces } from '../writing/index.js'
import { useSelectedVersion, useVersions } from '../inspector/versions/use-versions.js'
import { Comments } from './comments.js'
import { Decisions } from './decisions.js'
import { ReviewFoot } from './foot.js'
import { People } from './people.js'
import { Reasons } from './reasons.js'
import { useComment, useReview } from './use-review.js'

interface ReviewTabProps {
  readonly project: ProjectSummary
  readonly item: string
}

/** The state of an item and why, what was decided and said, and what can be done next. */
export function ReviewTab({ project, item }: ReviewTabProps) {
  const query = useReview(project.handle, item)
  const { versions } = useVersions(project.handle, item)
  const [chosen] = useSelectedVersion(item)
  const summary = useDesk(project.handle).items.find((one) => one.id === item)
  const marks = useCommentPlaces(item)
  const threads = useThreads(project.handle, item)
  const comment = useComment(project.handle, item)
  const view = query.data
  if (query.error && !view)
    return (
      <div className="pane-section">
        <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} />
      </div>
    )
  if (!view || !summary) return <Loading text={t('review.reading')} />
  const isText = summary.kind === 'text'
  // Of pictures, what lies on the table is what can be sent to review and decided on.
  const version = isText ? view.head : ((versions.find(({ id }) => id === chosen) ?? versions[0])?.id ?? view.head)
  const ordinalOf = (id: string | null): number | null => versions.find((one) => one.id === id)?.ordinal ?? null
  const leading = ordinalOf(view.head)
  return (
    <>
      <div className="pane-scroll" tabIndex={0} role="group" aria-label={t('inspector.review')}>
        <section className="pane-section" aria-label={t('review.why')}>
          <div className="row">
            <ReviewStateMark state={view.state} filled />
            {leading === null ? null : <span className="push small secondary number">{t('review.version', { number: leading })}</span>}
          </div>
          <Reasons reasons={view.reasons} />
          <p className="hint">{t('review.follows')}</p>
        </section>
        <Decisions project={project.handle} view={view} version={version} />
        <Comments project={project.handle} item={item} isText={isText} threads={threads} count={view.threads} marks={marks} isReadOnly={project.readOnly} comment={comment} />
        <People project={project.handle} isReadOnly={project.readOnly} />
      </div>
      {project.readOnly ? null : (
        <ReviewFoot
          key={item}
          project={project}
          item={item}
          isText={isText}
          heads={isText ? summary.heads.length : 1}
          state={version === view.head ? view.state : 'draft'}
          version={version}
          ordinal={ordinalOf(version)}
        />
      )}
    </>
  )
}
