import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelView } from '../../../contract/index.js'
import { formatSize } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { Segments } from '../../ui/segments.js'
import { Note } from '../../ui/note.js'
import { useStore } from '../../state/store.js'
import { AddModel } from './add-model.js'
import { adding } from './add.js'
import { ModelCard } from './model-card.js'
import './models.css'

type Filter = ModelView['kind'] | 'all'
const filters: readonly Filter[] = ['all', 'text', 'image', 'upscaler', 'embedding']

/** What is on this computer, whether it fits, and what its licence allows. */
export function ModelsView({ hasTitle = true }: { readonly hasTitle?: boolean }) {
  const [filter, setFilter] = useState<Filter>('all')
  const models = useQuery(studio.models.list.queryOptions())
  const engines = useQuery(studio.system.engines.queryOptions())
  const shown = (models.data ?? []).filter((model) => filter === 'all' || model.kind === filter)
  const memory = engines.data?.memory ?? null
  const added = useStore(adding)
  return (
    <>
      <div className="toolbar">
        {hasTitle ? <h2 className="title">{t('models.title')}</h2> : null}
        <span className="gap" />
        <Segments label={t('models.filter')} hideLabel value={filter} onChange={setFilter} choices={filters.map((id) => ({ id, name: t(`models.${id}`) }))} />
        <span className="divider" />
        <AddModel />
      </div>
      {memory ? (
        <div className="machine">
          <span>
            <span className="faint">{t('models.may-use')}</span> <strong className="number">{formatSize(memory.allowed)}</strong>
          </span>
          <span>
            <span className="faint">{t('models.used')}</span> <strong className="number">{formatSize(memory.used)}</strong>
          </span>
        </div>
      ) : null}
      <div className="work-scroll">
        {added?.isRunning ? <div className="models-problem"><Loading text={t('models.reading')} /></div> : null}
        {added?.added ? (
          <div className="models-problem">
            <Note icon="check" onClose={() => adding.set(null)}>
              {t('models.added', { name: added.added.name })}
            </Note>
          </div>
        ) : null}
        {models.isPending ? <Loading text={t('models.title')} /> : null}
        {models.error && !models.data ? (
          <div className="models-problem">
            <ErrorNotice error={models.error} steps={{ 'try-again': () => void models.refetch() }} />
          </div>
        ) : null}
        {models.data && shown.length === 0 ? <EmptyState title={t('models.none')}>{t('models.none-text')}</EmptyState> : null}
        <div className="models">
          {shown.map((model) => (
            <ModelCard key={model.id} model={model} allowed={memory?.allowed ?? null} />
          ))}
        </div>
      </div>
    </>
  )
}
