import { useEffect, useRef } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { formatAbout } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { ReadingStatus } from '../search/reading-status.js'
import { EngineNotes, MemoryMeter } from './engines.js'
import { JobList } from './job-list.js'
import { summarise } from './summary.js'
import { fileWork } from '../../state/file-work.js'
import { useStore } from '../../state/store.js'
import { useShownJobs } from './use-jobs.js'
import './queue.css'

interface QueueProps {
  readonly project: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** Long work: one line always, a row for each job when it is open. Bottom right always says what leaves this computer. */
export function Queue({ project, isOpen, onToggle }: QueueProps) {
  const { query, jobs } = useShownJobs()
  const told = useStore(fileWork)
  const { running, waiting, stopped, msLeft } = summarise(jobs)
  const before = useRef<number | null>(null)
  // What was begun in this window says there that it stopped.
  const untold = summarise(jobs.filter((job) => !told.some((work) => work.job === job.id))).stopped

  // What stopped needs a person, so it is not left behind a closed strip.
  useEffect(() => {
    if (!query.data) return
    if (before.current !== null && untold > before.current && !isOpen) onToggle()
    before.current = untold
  }, [query.data, untold, isOpen, onToggle])

  return (
    <section className="queue" aria-label={t('queue.name')} data-pane="queue" tabIndex={-1}>
      <EngineNotes />
      <div className="queue-strip">
        <AriaButton className="queue-title" aria-expanded={isOpen} onPress={onToggle}>
          <Icon name={isOpen ? 'down' : 'up'} small />
          {t('queue.name')}
        </AriaButton>
        <span className="number" role="status">
          {running + waiting === 0 ? t('queue.empty') : t('queue.counts', { running, waiting })}
        </span>
        {stopped > 0 ? <span className="number danger">{t('queue.stopped', { count: stopped })}</span> : null}
        {msLeft === null ? null : <span className="number faint">{t('queue.left', { time: formatAbout(msLeft) })}</span>}
        <span className="gap" />
        <ReadingStatus project={project} />
        <MemoryMeter />
        <span>
          <Icon name="offline" />
          {t('app.leaves-nothing')}
        </span>
      </div>
      {isOpen && query.error && !query.data ? (
        <div className="queue-problem">
          <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} />
        </div>
      ) : null}
      {isOpen && jobs.length > 0 ? <JobList jobs={jobs} /> : null}
    </section>
  )
}
