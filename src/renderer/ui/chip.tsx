import type { ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components'

interface ChipProps {
  readonly children: ReactNode
  readonly isSelected: boolean
  readonly onChange: (on: boolean) => void
}

/** A small thing that is on or off. */
export function Chip({ children, isSelected, onChange }: ChipProps) {
  return <ToggleButton className="chip" isSelected={isSelected} onChange={onChange}>{children}</ToggleButton>
}
