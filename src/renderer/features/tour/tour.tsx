import type { ProjectSummary } from '../../../contract/index.js'
import { t, textOf } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { remember, useRemembered } from '../../state/layout.js'
import { showView } from '../../state/route.js'
import { Button, IconButton } from '../../ui/button.js'
import { steps, type TourStep } from './steps.js'
import { tourKeys } from './begin.js'
import './tour.css'

/** A card that walks a newcomer through the sample project, beside the work and never over a decision. Shown once. */
export function Tour({ project }: { readonly project: ProjectSummary }) {
  const [path] = useRemembered(tourKeys.path, '')
  return path === project.path ? <Card project={project.handle} /> : null
}

function Card({ project }: { readonly project: string }) {
  const [at, setAt] = useRemembered(tourKeys.step, 0)
  const number = Math.min(Math.max(Math.trunc(at), 0), steps.length - 1)
  const step = steps[number]!
  const isLast = number === steps.length - 1

  function close(): void {
    remember(tourKeys.path, '')
    remember(tourKeys.done, true)
  }

  return (
    <aside className="tour" aria-label={t('tour.name')} onKeyDown={(event) => { if (event.key === 'Escape') close() }}>
      <span className="tour-close"><IconButton icon="x" small label={t('tour.close')} onPress={close} /></span>
      <div aria-live="polite">
        <h2>
          {t(step.title as 'tour.desk')} <span className="small secondary number">{t('tour.step', { number: number + 1, count: steps.length })}</span>
        </h2>
        <p>{t(step.text as 'tour.desk-text')}</p>
      </div>
      <div className="row tour-foot">
        {step.show ? <Show project={project} show={step.show} /> : null}
        <span className="push row">
          {number > 0 ? <Button look="quiet" size="small" onPress={() => setAt(number - 1)}>{t('tour.back')}</Button> : null}
          <Button size="small" onPress={() => (isLast ? close() : setAt(number + 1))}>{isLast ? t('tour.done') : t('tour.next')}</Button>
        </span>
      </div>
    </aside>
  )
}

function Show({ project, show }: { readonly project: string; readonly show: NonNullable<TourStep['show']> }) {
  const item = show.item(useDesk(project).items)
  if (!item) return null
  function open(id: string): void {
    remember('pane.inspector.shown', true)
    remember('inspector.tab', show.tab)
    showView({ type: 'item', item: id })
  }
  return <Button look="quiet" size="small" onPress={() => open(item.id)}>{textOf(show.label, { title: item.title })}</Button>
}
