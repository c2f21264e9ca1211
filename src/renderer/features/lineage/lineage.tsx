import './lineage.css'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { useRemembered } from '../../state/layout.js'
import { EmptyState } from '../../ui/empty-state.js'
import { Segments } from '../../ui/segments.js'
import { ViewSwitch } from '../workspace/view-switch.js'
import { GraphView } from './graph-view.js'
import { ListView } from './list-view.js'

type Shape = 'graph' | 'list'

interface LineageProps {
  readonly project: ProjectSummary
  /** Null: all items, as a list. */
  readonly item: string | null
}

/** What was made from what. */
export function Lineage({ project, item }: LineageProps) {
  const [shape, setShape] = useRemembered<Shape>('lineage.shape', 'graph') as [Shape, (shape: Shape) => void]
  const { items } = useDesk(project.handle)
  const shown = items.find((one) => one.id === item)
  const now: Shape = item === null ? 'list' : shape
  return (
    <div className="lineage">
      <div className="toolbar">
        <h2 className="title">{t('lineage.title')}</h2>
        {shown ? <span className="secondary lineage-of truncate">{t('lineage.of', { title: shown.title })}</span> : null}
        <span className="gap" />
        {item === null ? null : (
          <Segments<Shape> label={t('lineage.shape')} hideLabel value={now} onChange={setShape} choices={[{ id: 'graph', name: t('lineage.graph') }, { id: 'list', name: t('lineage.list') }]} />
        )}
        {shown ? <><span className="divider" /><ViewSwitch item={shown.id} kind={shown.kind} mode="lineage" /></> : null}
      </div>
      {now === 'graph' && item !== null ? <GraphView key={item} project={project} item={item} /> : null}
      {now === 'list' ? <ListView key={item ?? 'all'} project={project} item={item} empty={<EmptyState title={t('lineage.empty')}>{t('lineage.empty-text')}</EmptyState>} /> : null}
    </div>
  )
}
