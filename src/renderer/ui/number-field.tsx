import { Button, Group, Input, Label, NumberField as AriaNumberField, type NumberFieldProps as AriaNumberFieldProps } from 'react-aria-components'
import { Icon } from './icon.js'

interface NumberFieldProps extends Pick<AriaNumberFieldProps, 'value' | 'onChange' | 'minValue' | 'maxValue' | 'step' | 'formatOptions'> {
  readonly label: string
  readonly lessLabel: string
  readonly moreLabel: string
  /** Shown while there is no number. */
  readonly placeholder?: string
}

/** A number with a step down and a step up. */
export function NumberField({ label, lessLabel, moreLabel, placeholder, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField {...rest} className="field">
      <Label className="label">{label}</Label>
      <Group className="input stepper">
        <Button slot="decrement" aria-label={lessLabel}><Icon name="minus" small /></Button>
        <Input placeholder={placeholder} />
        <Button slot="increment" aria-label={moreLabel}><Icon name="plus" small /></Button>
      </Group>
    </AriaNumberField>
  )
}
