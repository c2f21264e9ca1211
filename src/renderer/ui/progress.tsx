import { Meter as AriaMeter, ProgressBar } from 'react-aria-components'

interface ProgressProps {
  readonly label: string
  /** 0–1; null while it is not known, which draws no bar that pretends. */
  readonly share: number | null
  /** What is being done now. */
  readonly step?: string
}

export function Progress({ label, share, step }: ProgressProps) {
  const percent = share === null ? null : Math.round(share * 100)
  return (
    <ProgressBar aria-label={label} isIndeterminate={percent === null} value={percent ?? 0}>
      <div className="progress-label"><span className="truncate">{step}</span>{percent === null ? null : <span>{percent}%</span>}</div>
      <div className="progress"><i style={{ width: `${percent ?? 0}%` }} /></div>
    </ProgressBar>
  )
}

interface MeterProps {
  readonly label: string
  readonly value: number
  readonly most: number
}

export function Meter({ label, value, most }: MeterProps) {
  const share = most > 0 ? Math.min(1, value / most) : 0
  return (
    <AriaMeter aria-label={label} value={share * 100} className="meter"><i style={{ width: `${share * 100}%` }} /></AriaMeter>
  )
}
