import { explain } from '../../problem.js'
import { t } from '../../messages/t.js'
import { fileWork, putAway, type FileWork } from '../../state/file-work.js'
import { quietMs } from '../../state/quiet.js'
import { useStore } from '../../state/store.js'
import { client } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Note } from '../../ui/note.js'
import { useJob, useSince } from './use-job.js'
import { WorkProgress } from './work-progress.js'

/** Faults of the place that was chosen, which another one mends. */
const faultsOfPlace = new Set<string>(['project-exists', 'bad-target', 'no-permission', 'disk-full'])

/** Work with files that was begun in this window: how far it is once it takes longer than a moment, and what it came to. */
export function WorkNotes({ project }: { readonly project: string }) {
  const works = useStore(fileWork).filter((work) => work.project === project)
  return works.map((work) => <WorkNote key={work.job} work={work} />)
}

function WorkNote({ work }: { readonly work: FileWork }) {
  const { job, state, words, result, error, again, elsewhere } = work
  if (state === 'running') return work.hasScreen ? null : <Running work={work} />
  if (state === 'interrupted') {
    const retry = again && (() => {
      putAway(job)
      again()
    })
    return (
      <Note icon="retry" warn onClose={() => putAway(job)} actions={retry ? <Button size="small" onPress={retry}>{t('general.try-again')}</Button> : undefined}>
        {t('work.interrupted', { words })}
      </Note>
    )
  }
  if (state === 'failed') {
    const step = (next: (() => void) | undefined) => next && (() => {
      putAway(job)
      next()
    })
    const isOfPlace = elsewhere !== undefined && faultsOfPlace.has(explain(error).code)
    return (
      <ErrorNotice
        error={error} onClose={() => putAway(job)}
        {...(again ? { steps: { 'try-again': step(again)! } } : {})}
        actions={isOfPlace ? <Button size="small" onPress={step(elsewhere)!}>{t('work.other-place')}</Button> : null}
      />
    )
  }
  return (
    <Note
      icon="check" onClose={() => putAway(job)}
      actions={result?.actions?.length ? result.actions.map((action) => <Button key={action.name} size="small" onPress={action.run}>{action.name}</Button>) : undefined}
    >
      {result?.words ?? words}
    </Note>
  )
}

function Running({ work: { job, words, startedAt } }: { readonly work: FileWork }) {
  const view = useJob(job)
  const isLong = useSince(startedAt, quietMs)
  if (!isLong) return null
  const { share = null, step = '', msLeft = null, waits = null } = view ?? {}
  return (
    // No status: what changes ten times a second would be read out each time.
    <div className="note" role="group" aria-label={words}>
      <Icon name="export" />
      <div className="note-text">
        {words}
        <WorkProgress words={words} share={share} step={waits ?? step} msLeft={msLeft} />
        <div className="row note-actions">
          <Button size="small" look="quiet" onPress={() => void client.jobs.cancel({ job }).catch(() => undefined)}>{t('work.cancel')}</Button>
        </div>
      </div>
    </div>
  )
}
