import type { RailRow } from './rail-layout.js'

const step = 10
const height = 68
const dot = 19

const at = (lane: number): number => 7 + lane * step

/** The lines of one row: what it was made from runs down, what was made from it up. */
export function Rail({ row, width }: { readonly row: RailRow; readonly width: number }) {
  return (
    <svg className="rail" width={width * step + 4} height={height} aria-hidden="true">
      {row.lines.map(({ from, to }, index) => <path key={index} d={draw(from, to, row.lane)} />)}
      <circle cx={at(row.lane)} cy={dot} r="4" />
    </svg>
  )
}

function draw(from: number | null, to: number | null, lane: number): string {
  if (from !== null && to !== null) return `M${at(from)} 0V${height}`
  if (from !== null) return from === lane ? `M${at(from)} 0V${dot - 4}` : `M${at(from)} 0C${at(from)} ${dot} ${at(lane)} 2 ${at(lane)} ${dot - 4}`
  if (to === null) return ''
  return to === lane ? `M${at(lane)} ${dot + 4}V${height}` : `M${at(lane)} ${dot + 4}C${at(lane)} ${height - 8} ${at(to)} ${dot + 8} ${at(to)} ${height}`
}
