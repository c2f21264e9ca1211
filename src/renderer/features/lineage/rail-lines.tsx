import type { RailRow } from '../inspector/versions/rail-layout.js'

const step = 10
const height = 28
const at = (lane: number): number => 7 + lane * step

interface RailLinesProps {
  readonly rail: RailRow | undefined
  readonly width: number
  /** Draws the row's own place; a run has none. */
  readonly dot?: 'plain' | 'chosen'
}

/** What runs through a row from the versions above it to those that they were made from. */
export function RailLines({ rail, width, dot }: RailLinesProps) {
  return (
    <svg className="lrail" width={width * step + 4} height={height} aria-hidden="true">
      {rail?.lines.map(({ from, to }, line) => <path key={line} d={draw(from, to, rail.lane)} />)}
      {dot ? <circle cx={at(rail?.lane ?? 0)} cy={height / 2} r={dot === 'chosen' ? 4 : 3.25} className={dot === 'chosen' ? 'on' : ''} /> : null}
    </svg>
  )
}

function draw(from: number | null, to: number | null, lane: number): string {
  const middle = height / 2
  if (from !== null && to !== null) return from === to ? `M${at(from)},0V${height}` : `M${at(from)},0C${at(from)},${middle} ${at(to)},${middle} ${at(to)},${height}`
  if (from !== null) return from === lane ? `M${at(from)},0V${middle}` : `M${at(from)},0C${at(from)},10 ${at(lane)},4 ${at(lane)},${middle}`
  if (to === null) return ''
  return to === lane ? `M${at(lane)},${middle}V${height}` : `M${at(lane)},${middle}C${at(lane)},24 ${at(to)},18 ${at(to)},${height}`
}
