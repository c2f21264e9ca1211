import { memo } from 'react'
import { pictureUrl, type ItemSummary, type LineageNode } from '../../../contract/index.js'
import { formatClock } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import { kindIcons } from '../desk/desk-row.js'
import type { RailRow } from '../inspector/versions/rail-layout.js'
import { DecisionMark } from './decision-mark.js'
import { openVersion } from './open-version.js'
import { howOf, iconOf, lineOf } from './words.js'

const step = 10
const height = 28
const at = (lane: number): number => 7 + lane * step

interface ListRowProps {
  readonly project: string
  readonly node: LineageNode
  readonly item: ItemSummary | undefined
  readonly index: number
  readonly total: number
  readonly top: number
  readonly rail: RailRow | undefined
  readonly width: number
  /** The day, where this row is the first of it. */
  readonly day: string | null
  readonly isChosen: boolean
  readonly onChoose: (index: number) => void
}

export const ListRow = memo(function ListRow({ project, node, item, index, total, top, rail, width, day, isChosen, onChoose }: ListRowProps) {
  const title = item?.title ?? ''
  return (
    <div
      id={`version-row-${index}`} role="option" aria-selected={isChosen} aria-posinset={index + 1} aria-setsize={total} className={`lrow ${day === null ? '' : 'begins-day'}`}
      style={{ transform: `translateY(${top}px)` }} onClick={() => onChoose(index)} onDoubleClick={() => openVersion(node)}
    >
      <svg className="lrail" width={width * step + 4} height={height} aria-hidden="true">
        {rail?.lines.map(({ from, to }, line) => <path key={line} d={draw(from, to, rail.lane)} />)}
        <circle cx={at(rail?.lane ?? 0)} cy={height / 2} r={isChosen ? 4 : 3.25} className={isChosen ? 'on' : ''} />
      </svg>
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

function draw(from: number | null, to: number | null, lane: number): string {
  const middle = height / 2
  if (from !== null && to !== null) return from === to ? `M${at(from)},0V${height}` : `M${at(from)},0C${at(from)},${middle} ${at(to)},${middle} ${at(to)},${height}`
  if (from !== null) return from === lane ? `M${at(from)},0V${middle}` : `M${at(from)},0C${at(from)},10 ${at(lane)},4 ${at(lane)},${middle}`
  if (to === null) return ''
  return to === lane ? `M${at(lane)},${middle}V${height}` : `M${at(lane)},${middle}C${at(lane)},24 ${at(to)},18 ${at(to)},${height}`
}
