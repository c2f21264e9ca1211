import './picture.css'
import { useEffect, useEffectEvent, type ReactNode } from 'react'
import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { overlay } from '../../state/overlay.js'
import { useDesk } from '../../state/desk.js'
import { showView, type ItemView } from '../../state/route.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import { folderTitles } from '../desk/tree.js'
import { PictureCompare } from './compare/picture-compare.js'
import { useShown } from './use-shown.js'
import { ViewSegments } from './view-segments.js'
import { Films } from './view/films.js'
import { LightTable } from './view/light-table.js'

interface PictureWorkProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly view: ItemView
}

/** A picture as it is worked on: on the light table with its versions below, or two of them beside each other. */
export function PictureWork({ project, item, view }: PictureWorkProps) {
  const shown = useShown(project.handle, item.id)
  const isCompared = view.mode === 'compare'
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'd' || event.shiftKey || event.altKey || !(isMac ? event.metaKey : event.ctrlKey) || overlay.get() !== null) return
    event.preventDefault()
    showView(isCompared ? { type: 'item', item: item.id } : { type: 'item', item: item.id, mode: 'compare' })
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  if (isCompared) return <PictureCompare project={project} item={item} old={view.old} fresh={view.fresh} shown={shown.version?.id} />
  return (
    <div className="picture-work">
      <PictureToolbar project={project} item={item}>
        {shown.version ? <span className="secondary number small">{t('picture.version', { number: shown.version.ordinal })}</span> : null}
        <span className="divider" />
        <ViewSegments item={item.id} value="picture" />
      </PictureToolbar>
      {shown.query.error && !shown.query.data ? <div className="work-middle"><ErrorNotice error={shown.query.error} steps={{ 'try-again': () => void shown.query.refetch() }} /></div> : null}
      {shown.query.isPending ? <Loading text={t('versions.list')} /> : (
        <>
          <LightTable key={item.id} project={project} item={item} shown={shown} empty={<EmptyState title={t('picture.empty')}>{t('picture.empty-text')}</EmptyState>} />
          {shown.versions.length > 0 || shown.coming.length > 0 ? <Films project={project.handle} shown={shown} /> : null}
        </>
      )}
    </div>
  )
}

interface PictureToolbarProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly children: ReactNode
}

export function PictureToolbar({ project, item, children }: PictureToolbarProps) {
  const { tree } = useDesk(project.handle)
  return (
    <div className="toolbar">
      <h2 className="crumbs">
        {folderTitles(tree, item.id).map((title, index) => <span key={index} className="row"><span>{title}</span><Icon name="right" /></span>)}
        <strong>{item.title}</strong>
      </h2>
      <ReviewStateMark state={item.state} />
      <span className="gap" />
      {children}
    </div>
  )
}
