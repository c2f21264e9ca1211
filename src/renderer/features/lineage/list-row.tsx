import { memo } from 'react'
import { pictureUrl, type ItemSummary, type LineageNode } from '../../../contract/index.js'
import { formatClock } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import { kindIcons } from '../desk/desk-row.js'
import type { RailRow } from '../inspector/versions/rail-layout.js'
import { DecisionMark } from './decision-mark.js'
import { RailLines } from './rail-lines.js'
import { howOf, iconOf, lineOf } from './words.js'

interface ListRowProps {
  readonly project: string
  readonly node: LineageNode
  readonly item: ItemSummary | undefined
  /** Its row, from 0, of so many. */
  readonly row: number
  readonly count: number
  readonly top: number
  readonly rail: RailRow | undefined
  readonly width: number
  /** The day, where this row is the first of it. */
  readonly day: string | null
  readonly isChosen: boolean
}

export const ListRow = memo(function ListRow({ project, node, item, row, count, top, rail, width, day, isChosen }: ListRowProps) {
  const title = item?.title ?? ''
  return (
    <div
      id={`lineage-row-${row}`} role="option" aria-selected={isChosen} aria-posinset={row + 1} aria-setsize={count} data-row={row} className={`lrow ${day === null ? '' : 'begins-day'}`}
      style={{ insetBlockStart: top }}
    >
      <RailLines rail={rail} width={width} dot={isChosen ? 'chosen' : 'plain'} />
      <span className={`lthumb ${node.picture ? '' : 'is-text'}`}>{node.picture ? <img src={pictureUrl(project, node.picture.hash, 160)} alt="" loading="lazy" /> : <Icon name={kindIcons[item?.kind ?? 'file']} small />}</span>
      <span className="truncate ltitle">{title}</span>
      <span className="number"><span className="visually-hidden">{t('lineage.version')} </span>{node.ordinal}</span>
      <span className="by"><Icon name={iconOf(node)} small /><span className="visually-hidden">{howOf(node)}</span></span>
      <span className="truncate secondary">{lineOf(node)}</span>
      <span className="truncate secondary">{node.person}</span>
      <span className="number faint ltime">{day === null ? '' : <span className="lday">{day}</span>} {formatClock(node.at)}</span>
      <span className="row">{node.picked === null ? null : <span className={node.picked ? 'mark-kept' : 'mark-aside'}><Icon name={node.picked ? 'check' : 'x'} small /><span className="visually-hidden">{t(node.picked ? 'picture.kept' : 'picture.is-aside')}</span></span>}<DecisionMark decision={node.decision} /></span>
    </div>
  )
})
