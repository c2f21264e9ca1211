import { useId } from 'react'

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min: number
  readonly max: number
  readonly step?: number
  /** The value as people read it; none is shown beside a label that is hidden. */
  readonly shown?: string
  /** The label is for readers of the screen only. */
  readonly hideLabel?: boolean
}

/** A value that is felt for rather than typed. */
export function Slider({ label, value, onChange, min, max, step = 1, shown, hideLabel = false }: SliderProps) {
  const id = useId()
  const input = (
    <input
      id={id} className="slider" type="range" min={min} max={max} step={step} value={value} aria-label={hideLabel ? label : undefined} aria-valuetext={shown}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
    />
  )
  return hideLabel ? input : <div className="field"><label className="label" htmlFor={id}>{label}{shown ? <output>{shown}</output> : null}</label>{input}</div>
}
