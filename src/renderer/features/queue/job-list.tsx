import { useMutation } from '@tanstack/react-query'
import { GridList, useDragAndDrop } from 'react-aria-components'
import type { JobView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { JobRow } from './job-row.js'
import { placeInQueue } from './summary.js'
import { useJobActions } from './use-job-actions.js'

/** Rows of the queue; those that wait can be put in another order, by dragging or with the keys of their handle. */
export function JobList({ jobs }: { readonly jobs: readonly JobView[] }) {
  const actions = useJobActions()
  const move = useMutation(studio.jobs.move.mutationOptions())
  const isWaiting = (id: unknown): boolean => jobs.find((job) => job.id === String(id))?.state === 'waiting'

  const { dragAndDropHooks } = useDragAndDrop<JobView>({
    getItems: (keys) =>
      [...keys].filter(isWaiting).map((key) => ({ 'galley-job': String(key), 'text/plain': jobs.find((job) => job.id === key)?.title ?? '' })),
    getDropOperation: () => 'move',
    onReorder: ({ keys, target }) => {
      const [moved] = keys
      if (moved === undefined || target.dropPosition === 'on') return
      const before = placeInQueue(jobs, String(moved), String(target.key), target.dropPosition)
      if (before !== undefined) move.mutate({ job: String(moved), before })
    },
  })

  return (
    <div className="queue-jobs">
      {move.error || actions.error ? (
        <div className="queue-problem">
          <ErrorNotice
            error={move.error ?? actions.error}
            onClose={() => {
              move.reset()
              actions.forgetError()
            }}
          />
        </div>
      ) : null}
      <GridList aria-label={t('queue.jobs')} items={jobs} dragAndDropHooks={dragAndDropHooks} selectionMode="none" className="job-list">
        {(job) => <JobRow job={job} actions={actions} />}
      </GridList>
    </div>
  )
}
