import { memo } from 'react'
import { formatClock } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import type { RailRow } from '../inspector/versions/rail-layout.js'
import type { Run } from './folds.js'
import { RailLines } from './rail-lines.js'

interface RunRowProps {
  readonly run: Run
  readonly isOpen: boolean
  readonly row: number
  readonly count: number
  readonly top: number
  readonly rail: RailRow | undefined
  readonly width: number
  readonly isHere: boolean
}

/** A run of versions as one row. */
export const RunRow = memo(function RunRow({ run, isOpen, row, count, top, rail, width, isHere }: RunRowProps) {
  const words = t('lineage.run', { count: run.count })
  const [from, to] = [formatClock(run.from), formatClock(run.to)]
  return (
    <div
      id={`lineage-row-${row}`} role="option" aria-selected={isHere} aria-posinset={row + 1} aria-setsize={count} aria-label={`${words}, ${t(isOpen ? 'lineage.run-open' : 'lineage.run-closed')}`} data-row={row}
      className="lrow lrun" style={{ insetBlockStart: top }}
    >
      <RailLines rail={rail} width={width} />
      <span className="row secondary"><Icon name={isOpen ? 'down' : 'right'} small />{words}</span>
      <span className="number faint" aria-hidden="true">{from === to ? from : `${from}–${to}`}</span>
    </div>
  )
})
