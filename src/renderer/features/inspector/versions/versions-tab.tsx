import { t } from '../../../messages/t.js'
import { EmptyState } from '../../../ui/empty-state.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Loading } from '../../../ui/loading.js'
import { useDesk } from '../../../state/desk.js'
import type { InspectorTabProps } from '../tab-props.js'
import { DraftRow } from './draft-row.js'
import { KeepVersion } from './keep-version.js'
import { useChosen } from './use-chosen.js'
import { useSelectedVersion, useVersions } from './use-versions.js'
import { VersionDetail } from './version-detail.js'
import { VersionList } from './version-list.js'

/** Every version of an item, and how the chosen one was made. */
export function VersionsTab({ project, item }: InspectorTabProps) {
  const { query, versions, total } = useVersions(project.handle, item)
  const [chosen, choose] = useSelectedVersion(item)
  const { items } = useDesk(project.handle)
  const summary = items.find((one) => one.id === item)
  const { selected, known } = useChosen(project.handle, chosen, versions)
  const keep = summary?.kind === 'text' && !project.readOnly ? <KeepVersion project={project.handle} item={item} onKept={choose} /> : null

  if (query.isPending) return <Loading text={t('versions.list')} />
  if (query.error && !query.data)
    return (
      <div className="pane-section">
        <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} />
      </div>
    )
  if (!selected)
    return (
      <EmptyState title={t('versions.none')} actions={keep}>
        {t('versions.none-text')}
      </EmptyState>
    )
  return (
    <div className="split">
      {keep ? (
        <div className="versions-head">
          <span className="secondary small number">{t('versions.count', { count: total })}</span>
          <span className="push">{keep}</span>
        </div>
      ) : null}
      {summary?.kind === 'text' ? <DraftRow project={project.handle} item={item} versions={known} selected={selected} /> : null}
      <VersionList key={item} project={project.handle} item={item} total={total} selected={selected.id} onSelect={choose} />
      <VersionDetail key={selected.id} project={project} version={selected} title={summary?.title ?? ''} versions={known} onSelect={choose} />
    </div>
  )
}
