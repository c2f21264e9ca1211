import { Checkbox } from 'react-aria-components'
import { Icon } from './icon.js'

interface TickProps {
  readonly label: string
  readonly hint: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}

/** A box to tick, with its name and what that means. */
export function Tick({ label, hint, isSelected, onChange }: TickProps) {
  return (
    <Checkbox className="tick" isSelected={isSelected} onChange={onChange}>
      <span className="tick-box" aria-hidden="true"><Icon name="check" small /></span>
      <span>{label}<span className="hint">{hint}</span></span>
    </Checkbox>
  )
}
