import './gallery.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { GalleryFilter, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { useRemembered } from '../../state/layout.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { Segments } from '../../ui/segments.js'
import { Slider } from '../../ui/slider.js'
import { deskCommand } from '../desk/command.js'
import { Grid } from './grid.js'
import { CloserLook } from './closer-look.js'
import { openEntry } from './open-picture.js'
import { SelectionBar } from './selection-bar.js'
import { pageSize, type Pages } from './use-pages.js'
import type { GallerySelection } from './use-selection.js'

const shows: readonly GalleryFilter[] = ['all', 'pictures', 'texts', 'kept', 'set-aside']

/** All pictures and texts of a project, newest first. */
export function Gallery({ project }: { readonly project: ProjectSummary }) {
  const [show, setShow] = useRemembered<GalleryFilter>('gallery.show', 'all') as [GalleryFilter, (show: GalleryFilter) => void]
  const [target, setTarget] = useRemembered('gallery.size', 150)
  const [look, setLook] = useState<number | null>(null)
  const [chosen, setChosen] = useState<{ selection: GallerySelection; pages: Pages } | null>(null)
  const { items } = useDesk(project.handle)
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items])
  const first = useQuery({ ...studio.pictures.list.queryOptions({ input: { project: project.handle, show, offset: 0, limit: pageSize } }), placeholderData: keepPreviousData })
  const counts = first.data?.counts
  const total = counts?.[show] ?? 0
  return (
    <div className="gallery">
      <div className="toolbar">
        <h2 className="title">{t('gallery.title')}</h2>
        {counts && counts.all > 0 ? <span className="secondary number gallery-count">{show === 'all' ? t('gallery.count', { pictures: counts.pictures, texts: counts.texts }) : t('gallery.count-of', { shown: total, all: counts.all })}</span> : null}
        <span className="gap" />
        <Segments<GalleryFilter>
          label={t('gallery.show')} hideLabel value={show} onChange={(next) => { chosen?.selection.clear(); setShow(next) }}
          choices={shows.map((id) => ({ id, name: t(`gallery.show.${id}`) }))}
        />
        <span className="divider" />
        <span className="gallery-size"><Slider label={t('gallery.size')} hideLabel value={target} min={90} max={320} step={10} onChange={setTarget} /></span>
      </div>
      {first.error && !first.data ? <div className="work-middle"><ErrorNotice error={first.error} steps={{ 'try-again': () => void first.refetch() }} /></div> : null}
      {first.isPending ? <Loading text={t('gallery.reading')} /> : null}
      {counts && total === 0 ? <Empty show={show} all={counts.all} readOnly={project.readOnly} onAll={() => setShow('all')} /> : null}
      {counts && total > 0 ? (
        <Grid
          key={show} project={project.handle} show={show} total={total} target={target} items={byId} onOpen={openEntry} onLook={setLook}
          onChosen={(selection, pages) => setChosen((before) => (before?.selection.chosen === selection.chosen && before.selection.focus === selection.focus ? before : { selection, pages }))}
        />
      ) : null}
      {chosen && chosen.selection.chosen.size > 0 && total > 0 ? <SelectionBar project={project} selection={chosen.selection} items={byId} /> : null}
      {look !== null && chosen ? <CloserLook project={project.handle} index={look} total={total} pages={chosen.pages} items={byId} onMove={(index) => { setLook(index); chosen.selection.go(index, 'one') }} onClose={() => setLook(null)} onOpen={openEntry} /> : null}
    </div>
  )
}

interface EmptyProps {
  readonly show: GalleryFilter
  readonly all: number
  readonly readOnly: boolean
  readonly onAll: () => void
}

function Empty({ show, all, readOnly, onAll }: EmptyProps) {
  if (show === 'all') {
    return (
      <div className="work-middle">
        <EmptyState title={t('gallery.empty')} actions={readOnly ? null : (
          <>
            <Button size="small" look="primary" onPress={() => deskCommand.send('picture')}>{t('palette.new-picture')}</Button>
            <Button size="small" onPress={() => deskCommand.send('text')}>{t('palette.new-text')}</Button>
          </>
        )}>{t('gallery.empty-text')}</EmptyState>
      </div>
    )
  }
  return (
    <div className="work-middle">
      <EmptyState title={t(`gallery.empty-filter.${show}`)} actions={<Button size="small" look="quiet" onPress={onAll}>{t('gallery.show-all')}</Button>}>{t('gallery.empty-filter-text', { count: all })}</EmptyState>
    </div>
  )
}
