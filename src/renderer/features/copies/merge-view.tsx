import './copies.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import type { ProjectSummary } from '../../../contract/index.js'
import { fileTitle } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { fileWork } from '../../state/file-work.js'
import { showView } from '../../state/route.js'
import { useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Note } from '../../ui/note.js'
import { openCopy } from './copy-commands.js'
import { bringsNothing } from './merge-groups.js'
import { Changes, People } from './merge-changes.js'
import { merge, sums } from './merge-commands.js'
import { Merging, Reading } from './merge-progress.js'

/** What a colleague's copy would bring. Nothing is changed before the button is pressed; then all of it comes in. */
export function MergeView({ project, copy }: { readonly project: ProjectSummary; readonly copy: string }) {
  const [call] = useState(() => crypto.randomUUID())
  // The file may have changed since it was looked at, so it is read each time.
  const preview = useQuery({ ...studio.copies.preview.queryOptions({ input: { project: project.handle, path: copy, call } }), staleTime: 0, gcTime: 0 })
  const [job, setJob] = useState<string | null>(null)
  const merging = useStore(fileWork).find((work) => work.job === job && work.state === 'running')
  const data = preview.data
  const isEmpty = data !== undefined && bringsNothing(data)
  // Its entries are here already and not shown: there is nothing to list, and yet something to do.
  const isShownAgain = data !== undefined && data.setAside && data.changes.length === 0 && data.refused.length === 0
  const canMerge = data !== undefined && !isEmpty && !merging && !project.readOnly
  const run = (): void => {
    if (canMerge) setJob(merge(project, copy, data.changes))
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return
    event.preventDefault()
    event.stopPropagation()
    run()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    // Before a focused button, which would take the same Enter as a press of its own.
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])

  const [first, ...others] = data?.people ?? []
  return (
    <div className="merge">
      <div className="merge-main">
        <div className="toolbar">
          <h2 className="title truncate">{first && others.length === 0 ? t('merge.title', { name: first.name || t('merge.unnamed') }) : fileTitle(copy)}</h2>
          <span className="secondary merge-lead">{t('merge.lead')}</span>
          <span className="gap" />
          <Button icon="folder" onPress={() => void openCopy()}>
            {t('merge.another')}
          </Button>
        </div>
        <div className="work-scroll merge-list" tabIndex={0} role="group" aria-label={t('merge.lead')}>
          {preview.isPending ? <Reading call={call} /> : null}
          {preview.error ? (
            <ErrorNotice
              error={preview.error}
              steps={{ 'try-again': () => void preview.refetch() }}
              actions={
                <Button size="small" onPress={() => void openCopy()}>
                  {t('merge.another')}
                </Button>
              }
            />
          ) : null}
          {isEmpty ? (
            <EmptyState
              title={t('merge.nothing')}
              actions={
                <Button size="small" onPress={() => void openCopy()}>
                  {t('merge.another')}
                </Button>
              }
            >
              {t('merge.nothing-text')}
            </EmptyState>
          ) : null}
          {isShownAgain ? <EmptyState title={t('merge.again')}>{t('merge.set-aside')}</EmptyState> : null}
          {data && !isEmpty && !isShownAgain ? <Changes preview={data} /> : null}
        </div>
        {data && !isEmpty && !isShownAgain ? (
          <div className="status-line">
            <span className="number">
              {t('merge.summary', sums(data))}
              {data.refused.length > 0 ? `; ${t('merge.summary-refused', { count: data.refused.length })}` : ''}
            </span>
          </div>
        ) : null}
      </div>
      <aside className="pane merge-side" aria-label={t('merge.details')}>
        <h2 className="pane-title">{t('merge.details')}</h2>
        <div className="pane-scroll">
          <div className="pane-section">
            <p className="small secondary">{t('merge.makes-none')}</p>
            {data?.setAside && !isShownAgain ? (
              <div className="merge-aside">
                <Note>{t('merge.set-aside')}</Note>
              </div>
            ) : null}
          </div>
          {data ? <People people={data.people} /> : null}
        </div>
        <div className="pane-foot">
          <Button look="primary" size="large" wide keys="Ctrl+Enter" isDisabled={!canMerge} onPress={run}>
            {merging ? t('merge.merging') : t('merge.merge')}
          </Button>
          {merging ? <Merging job={merging.job} startedAt={merging.startedAt} /> : null}
          <p className="hint">{t('merge.hint')}</p>
          {merging ? null : (
            <Button look="quiet" size="small" onPress={() => showView({ type: 'none' })}>
              {t('general.cancel')}
            </Button>
          )}
        </div>
      </aside>
    </div>
  )
}
