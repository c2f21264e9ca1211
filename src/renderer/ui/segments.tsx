import { useId } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

interface SegmentsProps<V extends string> {
  readonly label: string
  readonly choices: readonly { readonly id: V; readonly name: string; readonly isDisabled?: boolean }[]
  readonly value: V
  readonly onChange: (value: V) => void
  readonly wide?: boolean
  readonly hideLabel?: boolean
}

/** A few choices side by side, one of which is taken. */
export function Segments<V extends string>({ label, choices, value, onChange, wide = false, hideLabel = false }: SegmentsProps<V>) {
  const id = useId()
  const group = (
    <ToggleButtonGroup
      className={`segments ${wide ? 'segments-wide' : ''}`} selectionMode="single" disallowEmptySelection selectedKeys={[value]}
      {...(hideLabel ? { 'aria-label': label } : { 'aria-labelledby': id })}
      onSelectionChange={(keys) => { const [key] = keys; if (key !== undefined) onChange(String(key) as V) }}
    >
      {choices.map((choice) => <ToggleButton id={choice.id} key={choice.id} isDisabled={choice.isDisabled}>{choice.name}</ToggleButton>)}
    </ToggleButtonGroup>
  )
  return hideLabel ? group : <div className="field"><div className="label" id={id}>{label}</div>{group}</div>
}
