import type { ReactNode } from 'react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components'
import { Icon } from './icon.js'

export interface Choice<V extends string> {
  readonly id: V
  readonly name: string
  readonly about?: string
  readonly isDisabled?: boolean
}

interface SelectProps<V extends string> {
  readonly label: string
  /** Shown at the end of the label's line. */
  readonly note?: ReactNode
  readonly choices: readonly Choice<V>[]
  readonly value: V | null
  readonly onChange: (value: V) => void
  readonly isDisabled?: boolean
  /** The label is for readers of the screen only. */
  readonly hideLabel?: boolean
}

export function Select<V extends string>({ label, note, choices, value, onChange, isDisabled, hideLabel = false }: SelectProps<V>) {
  return (
    <AriaSelect
      className="field" isDisabled={isDisabled} value={value} aria-label={hideLabel ? label : undefined}
      onChange={(key) => { if (key !== null) onChange(String(key) as V) }}
    >
      {hideLabel ? null : <div className="label"><Label>{label}</Label>{note ? <span className="push">{note}</span> : null}</div>}
      <Button className="input">
        <SelectValue className="select-value">{({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}</SelectValue>
        <Icon name="updown" small />
      </Button>
      <Popover className="popover popover-select" offset={4}>
        <ListBox className="menu" items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.name} isDisabled={choice.isDisabled} className={`menu-item ${choice.about ? 'is-tall' : ''}`}>
              <span className="select-choice">
                <span>{choice.name}</span>
                {choice.about ? <span className="small secondary select-about">{choice.about}</span> : null}
              </span>
              {choice.id === value ? <span className="push"><Icon name="check" small /></span> : null}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
