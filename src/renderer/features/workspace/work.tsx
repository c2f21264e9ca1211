import { useQuery } from '@tanstack/react-query'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { showView, type ItemView, type View } from '../../state/route.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Compare } from '../compare/index.js'
import { Combine, MergeView, TwoHeads } from '../copies/index.js'
import { deskCommand } from '../desk/command.js'
import { Gallery } from '../gallery/gallery.js'
import { Lineage } from '../lineage/lineage.js'
import { LogView } from '../log/log-view.js'
import { ModelsView } from '../models/models-view.js'
import { PictureWork } from '../picture/index.js'
import { ReviewDesk } from '../review-desk/index.js'
import { TextWork } from '../writing/index.js'
import { ViewSwitch } from './view-switch.js'

interface WorkProps {
  readonly project: ProjectSummary
  readonly view: View
}

/** The middle of the window. */
export function Work({ project, view }: WorkProps) {
  if (view.type === 'models') return <ModelsView />
  if (view.type === 'gallery') return <Gallery project={project} />
  if (view.type === 'lineage') return <Lineage project={project} item={view.item ?? null} />
  if (view.type === 'item') return <ItemWork project={project} view={view} />
  if (view.type === 'review') return <ReviewDesk project={project} />
  if (view.type === 'merge') return <MergeView key={view.copy} project={project} copy={view.copy} />
  if (view.type === 'log') return <LogView project={project.handle} />
  return <NothingOpen project={project} />
}

function ItemWork({ project, view }: { readonly project: ProjectSummary; readonly view: ItemView }) {
  const { item, mode } = view
  const { handle } = project
  const { items, query: desk } = useDesk(handle)
  const listed = items.find((one) => one.id === item)
  const query = useQuery({ ...studio.items.get.queryOptions({ input: { project: handle, item } }), enabled: !listed })
  const shown = listed ?? query.data
  if (!shown) {
    return query.error ? (
      <div className="work-middle"><ErrorNotice error={query.error} actions={<Button size="small" onPress={() => showView({ type: 'none' })}>{t('general.back')}</Button>} /></div>
    ) : null
  }
  // An address may name what is not on the desk any more. What was only just made stands on it with the next answer.
  if (!listed && desk.isSuccess && !desk.isFetching) {
    return (
      <div className="work-middle">
        <EmptyState title={t('desk.removed', { title: shown.title })} actions={<Button size="small" onPress={() => showView({ type: 'none' })}>{t('general.back')}</Button>}>{t('workspace.removed-text')}</EmptyState>
      </div>
    )
  }
  const views = <ViewSwitch item={item} kind={shown.kind} mode={mode ?? 'work'} />
  if (mode === 'combine') return <Combine key={item} project={project} item={shown} />
  if (shown.kind === 'image') return <><TwoHeads project={project} item={shown} /><PictureWork key={item} project={project} item={shown} view={view} views={views} /></>
  if (mode === 'compare') return <Compare key={item} project={project} item={shown} old={view.old} fresh={view.fresh} views={views} />
  if (shown.kind === 'text') return <><TwoHeads project={project} item={shown} /><TextWork project={handle} item={item} views={views} /></>
  return <div className="work-middle"><EmptyState title={t('workspace.cannot-show')}>{t('workspace.cannot-show-text')}</EmptyState></div>
}

function NothingOpen({ project }: { readonly project: ProjectSummary }) {
  const { items, query } = useDesk(project.handle)
  if (!query.data) return null
  const isEmpty = items.length === 0
  return (
    <div className="work-middle">
      <EmptyState
        title={isEmpty ? t('desk.empty') : t('workspace.nothing-open')}
        actions={project.readOnly ? null : (
          <>
            <Button size="small" look={isEmpty ? 'primary' : 'plain'} onPress={() => deskCommand.send('text')}>{isEmpty ? t('desk.empty-write') : t('palette.new-text')}</Button>
            <Button size="small" onPress={() => deskCommand.send('picture')}>{isEmpty ? t('desk.empty-picture') : t('palette.new-picture')}</Button>
          </>
        )}
      >
        {isEmpty ? t('desk.empty-text') : t('workspace.nothing-open-text')}
      </EmptyState>
    </div>
  )
}
