import './picture.css'
import { useState, type ReactNode } from 'react'
import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import type { ItemView } from '../../state/route.js'
import { useStore } from '../../state/store.js'
import { IconButton } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { PictureCompare } from './compare/picture-compare.js'
import { PictureToolbar } from './picture-toolbar.js'
import { EnlargeButton } from './enlarge/enlarge-button.js'
import { enlargeProblem } from './enlarge/problem.js'
import { ExportPicture } from './export-picture.js'
import { useShown } from './use-shown.js'
import { Films } from './view/films.js'
import { LightTable } from './view/light-table.js'

interface PictureWorkProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly view: ItemView
  /** Other views of the same item, at the right end of the toolbar. */
  readonly views: ReactNode
}

/** A picture as it is worked on: on the light table with its versions below, or two of them beside each other. */
export function PictureWork({ project, item, view, views }: PictureWorkProps) {
  const shown = useShown(project.handle, item.id)
  const [isExporting, setExporting] = useState(false)
  const problem = useStore(enlargeProblem)
  if (view.mode === 'compare') return <PictureCompare project={project} item={item} old={view.old} fresh={view.fresh} shown={shown.version?.id} views={views} />
  return (
    <div className="picture-work">
      <PictureToolbar project={project} item={item}>
        {shown.version ? <span className="secondary number small">{t('picture.version', { number: shown.version.ordinal })}</span> : null}
        <EnlargeButton project={project} item={item.id} version={shown.version} />
        <IconButton icon="export" label={t('picture.export')} isDisabled={!shown.version || shown.version.removed} onPress={() => setExporting(true)} />
        <span className="divider" />
        {views}
      </PictureToolbar>
      {problem?.item === item.id ? <ErrorNotice error={problem.error} onClose={() => enlargeProblem.set(null)} /> : null}
      {shown.query.error && !shown.query.data ? <div className="work-middle"><ErrorNotice error={shown.query.error} steps={{ 'try-again': () => void shown.query.refetch() }} /></div> : null}
      {shown.query.isPending ? <Loading text={t('versions.list')} /> : (
        <>
          <LightTable key={item.id} project={project} item={item} shown={shown} empty={<EmptyState title={t('picture.empty')}>{t('picture.empty-text')}</EmptyState>} />
          {shown.versions.length > 0 || shown.coming.length > 0 ? <Films project={project.handle} shown={shown} /> : null}
        </>
      )}
      {isExporting && shown.version ? <ExportPicture project={project.handle} title={item.title} version={shown.version} onClose={() => setExporting(false)} /> : null}
    </div>
  )
}
