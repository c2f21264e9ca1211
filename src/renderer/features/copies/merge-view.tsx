import './copies.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { MergeCounts, ProjectSummary } from '../../../contract/index.js'
import { fileTitle } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { projectNotice } from '../../state/notice.js'
import { showView } from '../../state/route.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { Note } from '../../ui/note.js'
import { openCopy } from './copy-commands.js'
import { bringsNothing, groupChanges, type MergeChange } from './merge-groups.js'
import { Changes, People } from './merge-changes.js'

/** What a colleague's copy would bring. Nothing is changed before the button is pressed; then all of it comes in. */
export function MergeView({ project, copy }: { readonly project: ProjectSummary; readonly copy: string }) {
  // The file may have changed since it was looked at, so it is read each time.
  const preview = useQuery({ ...studio.copies.preview.queryOptions({ input: { project: project.handle, path: copy } }), staleTime: 0, gcTime: 0 })
  const merge = useMutation(studio.copies.merge.mutationOptions({ onSuccess: (counts) => tell(project, counts, preview.data?.changes ?? []) }))
  const data = preview.data
  const isEmpty = data !== undefined && bringsNothing(data)
  const canMerge = data !== undefined && !isEmpty && !merge.isPending && !project.readOnly
  const run = (): void => {
    if (canMerge) merge.mutate({ project: project.handle, path: copy })
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
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
          {preview.isPending ? <Loading text={t('merge.reading')} lines={6} /> : null}
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
          {data && !isEmpty ? <Changes preview={data} /> : null}
        </div>
        {data && !isEmpty ? (
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
            {data?.setAside ? (
              <div className="merge-aside">
                <Note>{t('merge.set-aside')}</Note>
              </div>
            ) : null}
          </div>
          {data ? <People people={data.people} /> : null}
        </div>
        <div className="pane-foot">
          {merge.error ? <ErrorNotice error={merge.error} steps={{ 'try-again': run }} /> : null}
          <Button look="primary" size="large" wide keys="Ctrl+Enter" isDisabled={!canMerge} onPress={run}>
            {merge.isPending ? t('merge.merging') : t('merge.merge')}
          </Button>
          <p className="hint">{t('merge.hint')}</p>
          <Button look="quiet" size="small" onPress={() => showView({ type: 'none' })}>
            {t('general.cancel')}
          </Button>
        </div>
      </aside>
    </div>
  )
}

const sums = ({ items, versions, comments, decisions }: Pick<MergeCounts, 'items' | 'versions' | 'comments' | 'decisions'>) => ({
  items,
  versions,
  comments,
  decisions,
})

/** Says under the title bar what came in, with the way back and what to combine next. */
function tell(project: ProjectSummary, counts: MergeCounts, changes: readonly MergeChange[]): void {
  const { both } = groupChanges(changes)
  const words = [
    t('merged.done', sums(counts)),
    ...(counts.secondHeads > 0 ? [t('merged.heads', { count: counts.secondHeads })] : []),
    ...(counts.refused.length > 0 ? [t('merged.refused', { count: counts.refused.length })] : []),
  ]
  projectNotice.set({
    project: project.handle,
    words: words.join(' '),
    undoes: 'undo.merge',
    actions: both
      .slice(0, 3)
      .map(({ item, title }) => ({ name: t('merged.combine', { title }), run: () => showView({ type: 'item', item, mode: 'combine' }) })),
  })
  showView({ type: 'none' })
}
