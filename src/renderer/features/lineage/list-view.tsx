import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import type { LineageNode, ProjectSummary } from '../../../contract/index.js'
import { formatDayShort } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { useFast } from '../../ui/use-fast.js'
import { rowByKey, showRow, useRowWindow } from '../../ui/use-row-window.js'
import { railWidth } from '../inspector/versions/rail-layout.js'
import { chooseVersion, useLineageChoice } from './choice.js'
import { foldRows, type Run } from './folds.js'
import { LineageFoot } from './lineage-foot.js'
import { railOfRows } from './list-rail.js'
import { ListRow } from './list-row.js'
import { Months } from './months.js'
import { openVersion } from './open-version.js'
import { RunRow } from './run-row.js'
import { SelectedVersion } from './selected-version.js'
import { pagesOf, useNodes, useOutline } from './use-rows.js'

const rowHeight = 28
const pane = '.list-scroll'
/** Rows above the window whose lines run into it. */
const above = 60

interface ListViewProps {
  readonly project: ProjectSummary
  readonly item: string | null
  readonly empty: ReactNode
}

/** Versions as rows, newest first, with the rail of what each was made from. Long runs that nobody touched are one row. */
export function ListView({ project, item, empty }: ListViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const outline = useOutline(project.handle, item)
  const { total, runs } = outline
  // By its oldest version's time: a new version above does not close what a person opened.
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const folds = useMemo(() => foldRows(total ?? 0, runs, (run) => opened.has(run.from)), [total, runs, opened])
  const { first, last, screen } = useRowWindow(list, { pane, count: folds.count, rowHeight })
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, inView) => ({ row: first + inView, ...folds.at(first + inView) }))
  const nodes = useNodes(project.handle, item, pagesOf(shown.flatMap((one) => (one.type === 'version' ? [one.index] : []))), useFast(scroller))
  const { items } = useDesk(project.handle)
  const byId = useMemo(() => new Map(items.map((one) => [one.id, one])), [items])
  const choice = useLineageChoice(item)
  const begin = Math.max(0, first - above)
  const rail = railOfRows(folds, nodes, begin, last)
  const width = railWidth(rail)
  const [focus, setFocus] = useState(0)
  const [chosen, setChosen] = useState<LineageNode | null>(null)
  const focused = focus < folds.count ? folds.at(focus) : null

  function toggle(run: Run): void {
    setOpened((before) => {
      const after = new Set(before)
      if (!after.delete(run.from)) after.add(run.from)
      return after
    })
  }

  function go(to: number): void {
    setFocus(to)
    if (list.current) showRow(list.current, pane, to, rowHeight)
    const row = folds.at(to)
    if (row.type === 'run') return
    const take = (node: LineageNode | undefined): void => { if (node) { setChosen(node); chooseVersion(node, item) } }
    const known = nodes.at(row.index)
    // Where it was not read yet, and is read no more because core is away: the next key asks again.
    if (known) take(known)
    else void nodes.read(row.index).then(take, () => undefined)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to = rowByKey(event.key, focus, folds.count, screen)
    if (to !== null) go(to)
    else if (focused?.type === 'run' && (event.key === 'Enter' || event.key === (focused.isOpen ? 'ArrowLeft' : 'ArrowRight'))) toggle(focused.run)
    else if (event.key === 'ArrowLeft' && focused?.type === 'version') {
      const run = runs.find((one) => focused.index >= one.start && focused.index < one.start + one.count)
      if (!run) return
      go(folds.rowOf(run.start) - 1)
    } else if (event.key === 'Enter' && chosen) openVersion(chosen)
    else return
    event.preventDefault()
  }

  const rowAt = (event: MouseEvent): number | null => {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')
    return row ? Number(row.dataset.row) : null
  }
  function onClick(event: MouseEvent): void {
    const row = rowAt(event)
    if (row === null) return
    go(row)
    const at = folds.at(row)
    if (at.type === 'run') toggle(at.run)
  }
  function onDoubleClick(event: MouseEvent): void {
    const row = rowAt(event)
    const at = row === null ? null : folds.at(row)
    const node = at?.type === 'version' ? nodes.at(at.index) : undefined
    if (node) openVersion(node)
  }

  if (outline.error && total === null) return <div className="work-middle"><ErrorNotice error={outline.error} steps={{ 'try-again': outline.retry }} /></div>
  const dayBefore = (row: number): string | null => {
    const before = row === 0 ? null : folds.at(row - 1)
    const at = before?.type === 'run' ? before.run.from : before?.type === 'version' ? nodes.at(before.index)?.at : undefined
    return at === undefined ? null : formatDayShort(at)
  }
  // About the row at the top of the window: the window is looked at in steps.
  const seen = shown[Math.min(shown.length - 1, first === 0 ? 0 : 11)]
  const seenAt = seen?.type === 'run' ? seen.run.to : seen ? nodes.at(seen.index)?.at : undefined
  const hasMonths = outline.months.length > 0 && folds.count > screen
  const railStyle = { '--rail': `${width * 10 + 4}px` } as React.CSSProperties
  return (
    <>
      <div className={`lhead ${hasMonths ? 'has-months' : ''}`} style={railStyle} aria-hidden="true">
        <span className="lhead-day">{seenAt === undefined ? '' : formatDayShort(seenAt)}</span><span /><span>{t('lineage.item')}</span><span>{t('lineage.version')}</span><span /><span>{t('lineage.what')}</span><span>{t('lineage.person')}</span><span className="ltime">{t('lineage.time')}</span><span />
      </div>
      {total === null ? <Loading text={t('lineage.reading')} /> : null}
      {total === 0 ? <div className="work-middle">{empty}</div> : null}
      <div className="lbody" hidden={total === 0}>
        <div ref={scroller} className="work-scroll list-scroll">
          <div
            ref={list} className="lineage-list" role="listbox" aria-label={t('lineage.list-label')} tabIndex={0} onKeyDown={onKeyDown} onClick={onClick} onDoubleClick={onDoubleClick}
            aria-activedescendant={focus >= first && focus <= last ? `lineage-row-${focus}` : undefined} style={{ ...railStyle, height: folds.count * rowHeight }}
          >
            {shown.map((one) => {
              const place = { row: one.row, count: folds.count, top: one.row * rowHeight, rail: rail[one.row - begin], width }
              if (one.type === 'run') return <RunRow key={`run-${one.run.from}`} {...place} run={one.run} isOpen={one.isOpen} isHere={one.row === focus} />
              const node = nodes.at(one.index)
              if (!node) return null
              const day = formatDayShort(node.at)
              const before = dayBefore(one.row)
              return <ListRow key={node.id} {...place} project={project.handle} node={node} item={byId.get(node.item)} day={before !== null && before !== day ? day : null} isChosen={node.id === choice?.version} />
            })}
          </div>
        </div>
        {hasMonths ? (
          <Months months={outline.months.map(({ month, start }) => ({ month, row: folds.rowOf(start) }))} count={folds.count} top={seen?.row ?? 0} height={screen * rowHeight} onGo={(row) => scroller.current?.scrollTo({ top: row * rowHeight })} />
        ) : null}
      </div>
      {chosen && chosen.id === choice?.version ? <SelectedVersion project={project.handle} node={chosen} titles={byId} of={item} /> : null}
      <LineageFoot total={total ?? 0} rows={total !== null && folds.count > 0 ? `${t('lineage.count', { count: total })}, ${t('lineage.rows', { from: Math.min(folds.count, first + 1), to: last + 1 })}` : ''} />
    </>
  )
}
