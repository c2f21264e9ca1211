import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { LineageNode, ProjectSummary } from '../../../contract/index.js'
import { formatDayShort } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { layoutRail, railWidth } from '../inspector/versions/rail-layout.js'
import { useFast } from '../gallery/use-fast.js'
import { chooseVersion, useLineageChoice } from './choice.js'
import { LineageFoot } from './lineage-foot.js'
import { ListRow } from './list-row.js'
import { SelectedVersion } from './selected-version.js'
import { openVersion } from './open-version.js'
import { useRows } from './use-rows.js'

const rowHeight = 28

interface ListViewProps {
  readonly project: ProjectSummary
  readonly item: string | null
  readonly empty: ReactNode
}

/** Versions as rows, newest first, with the rail of what each was made from. */
export function ListView({ project, item, empty }: ListViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [known, setKnown] = useState(0)
  // Its answers change without its identity changing, so nothing that is read from it here is memoised.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({ count: known, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12 })
  const shown = virtualizer.getVirtualItems()
  const rows = useRows(project.handle, item, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0, useFast(scroller))
  const total = rows.total ?? known
  if (rows.total !== null && rows.total !== known) setKnown(rows.total)
  const { items } = useDesk(project.handle)
  const byId = useMemo(() => new Map(items.map((one) => [one.id, one])), [items])
  const choice = useLineageChoice(item)
  const { start, nodes } = rows.stretch
  const rail = layoutRail(nodes.map((node) => ({ id: node.id, parents: node.madeFrom })))
  const width = railWidth(rail)
  const [focus, setFocus] = useState(0)
  const chosen = choice ? nodes.find((node) => node.id === choice.version) : undefined

  function choose(index: number): void {
    const place = Math.max(0, Math.min(total - 1, index))
    setFocus(place)
    virtualizer.scrollToIndex(place)
    const node = rows.at(place)
    if (node) chooseVersion(node, item)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowDown: focus + 1, ArrowUp: focus - 1, Home: 0, End: total - 1, PageDown: focus + 15, PageUp: focus - 15 }[event.key]
    if (to !== undefined) choose(to)
    else if (event.key === 'Enter' && chosen) openVersion(chosen)
    else return
    event.preventDefault()
  }

  if (rows.error && rows.total === null) return <div className="work-middle"><ErrorNotice error={rows.error} steps={{ 'try-again': rows.retry }} /></div>
  const topDay = dayAt(rows.at(shown.find((row) => row.start >= (virtualizer.scrollOffset ?? 0))?.index ?? 0))
  return (
    <>
      <div className="lhead" style={{ '--rail': `${width * 10 + 4}px` } as React.CSSProperties} aria-hidden="true">
        <span className="lhead-day">{topDay}</span><span /><span>{t('lineage.item')}</span><span>{t('lineage.version')}</span><span /><span>{t('lineage.what')}</span><span>{t('lineage.person')}</span><span className="ltime">{t('lineage.time')}</span><span />
      </div>
      {rows.total === null && known === 0 ? <Loading text={t('lineage.reading')} /> : null}
      {rows.total === 0 ? <div className="work-middle">{empty}</div> : null}
      <div
        ref={scroller} className="work-scroll list-scroll" role="listbox" aria-label={t('lineage.list-label')} tabIndex={0} onKeyDown={onKeyDown} hidden={rows.total === 0}
        aria-activedescendant={rows.at(focus) ? `version-row-${focus}` : undefined} style={{ '--rail': `${width * 10 + 4}px` } as React.CSSProperties}
      >
        <div className="gallery-length" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {shown.map((row) => {
            const node = rows.at(row.index)
            const before = rows.at(row.index - 1)
            return node ? (
              <ListRow
                key={row.key} project={project.handle} node={node} item={byId.get(node.item)} index={row.index} total={total} top={row.start} rail={rail[row.index - start]} width={width}
                day={before && formatDayShort(before.at) !== formatDayShort(node.at) ? formatDayShort(node.at) : null} isChosen={node.id === choice?.version} onChoose={choose}
              />
            ) : <div key={row.key} className="lrow lrow-unread" role="presentation" style={{ transform: `translateY(${row.start}px)` }} />
          })}
        </div>
      </div>
      {chosen ? <SelectedVersion project={project.handle} node={chosen} titles={byId} of={item} /> : null}
      <LineageFoot total={total} rows={shown.length > 0 ? `${t('lineage.count', { count: total })}, ${t('lineage.rows', { from: (shown[0]?.index ?? 0) + 1, to: (shown.at(-1)?.index ?? 0) + 1 })}` : ''} />
    </>
  )
}

const dayAt = (node: LineageNode | undefined): string => (node ? formatDayShort(node.at) : '')
