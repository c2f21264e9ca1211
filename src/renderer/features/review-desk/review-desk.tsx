import './review-desk.css'
import { useEffect, useState } from 'react'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { currentThread } from '../../state/review.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { Note } from '../../ui/note.js'
import type { DecisionKind } from '../review/index.js'
import { Reviewed } from './reviewed.js'
import { useWaiting } from './use-waiting.js'
import { useSingleKeys } from '../workspace/use-single-keys.js'
import { WaitingList } from './waiting-list.js'

/** Everything that waits for this person, one after the other, with the keyboard alone. */
export function ReviewDesk({ project }: { readonly project: ProjectSummary }) {
  const { query, waiting } = useWaiting(project.handle)
  const { items } = useDesk(project.handle)
  const [chosen, setChosen] = useState<string | null>(null)
  const [decided, setDecided] = useState<{ readonly title: string; readonly decision: DecisionKind } | null>(null)
  // What was decided leaves the list; what stood after it takes its place.
  const [place, setPlace] = useState(0)
  const found = waiting.findIndex((one) => one.item === chosen)
  const index = found >= 0 ? found : Math.min(place, waiting.length - 1)
  const one = waiting[index] ?? null

  function show(item: string): void {
    setChosen(item)
    setPlace(waiting.findIndex((other) => other.item === item))
  }
  const go = (step: 1 | -1): void => {
    const next = waiting[Math.max(0, Math.min(waiting.length - 1, index + step))]
    if (next) show(next.item)
  }
  useSingleKeys({ j: () => go(1), k: () => go(-1) })
  useEffect(() => currentThread.set(null), [one?.item])

  return (
    <div className="review-desk">
      <WaitingList project={project.handle} waiting={waiting} items={items} shown={one?.item ?? null} onShow={show} />
      <div className="review-middle">
        {decided ? (
          <div className="text-notice">
            <Note icon="check" onClose={() => setDecided(null)}>
              {t(`waiting.decided.${decided.decision}`, { title: decided.title })}
            </Note>
          </div>
        ) : null}
        {query.isPending ? <Loading text={t('waiting.reading')} /> : null}
        {query.error && !query.data ? (
          <div className="work-middle">
            <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} />
          </div>
        ) : null}
        {query.data && !one ? (
          <div className="work-middle">
            <EmptyState title={t('waiting.empty')}>{t('waiting.empty-text')}</EmptyState>
          </div>
        ) : null}
        {one ? (
          <Reviewed
            key={one.item + one.version}
            project={project}
            one={one}
            onDecided={(decision) => {
              setPlace(index)
              setChosen(null)
              setDecided({ title: one.title, decision })
            }}
          />
        ) : null}
      </div>
    </div>
  )
}
