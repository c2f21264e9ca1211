interface SwitchProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** On or off at once, where its name stands beside it already. */
export function Switch({ label, isOn, onChange }: SwitchProps) {
  return <input type="checkbox" role="switch" className="switch" aria-label={label} checked={isOn} onChange={(event) => onChange(event.target.checked)} />
}
