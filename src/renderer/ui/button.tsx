import type { ReactNode, RefObject } from 'react'
import { Button as AriaButton, ToggleButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Icon, type IconName } from './icon.js'
import { Keys } from './keys.js'
import { WithTooltip } from './tooltip.js'

type Look = 'plain' | 'primary' | 'quiet' | 'danger'
type Size = 'small' | 'normal' | 'large'

interface ButtonProps extends Pick<AriaButtonProps, 'onPress' | 'isDisabled' | 'type' | 'autoFocus' | 'slot' | 'aria-label' | 'aria-describedby' | 'aria-expanded'> {
  readonly children: ReactNode
  readonly look?: Look
  readonly size?: Size
  readonly wide?: boolean
  readonly icon?: IconName
  readonly keys?: string
  readonly buttonRef?: RefObject<HTMLButtonElement | null>
}

/** One filled (`primary`) button a screen. */
export function Button({ children, look = 'plain', size = 'normal', wide = false, icon, keys, buttonRef, ...rest }: ButtonProps) {
  const classes = ['button', look === 'plain' ? '' : `button-${look}`, size === 'normal' ? '' : `button-${size}`, wide ? 'button-wide' : '']
  return (
    <AriaButton {...rest} ref={buttonRef} className={classes.filter(Boolean).join(' ')}>
      {icon ? <Icon name={icon} small={size === 'small'} /> : null}
      {children}
      {keys ? <Keys keys={keys} /> : null}
    </AriaButton>
  )
}

interface IconButtonProps extends Pick<AriaButtonProps, 'onPress' | 'isDisabled' | 'slot' | 'aria-expanded' | 'aria-haspopup' | 'excludeFromTabOrder'> {
  readonly icon: IconName
  /** Said by readers of the screen and shown as a tooltip. */
  readonly label: string
  /** Shown in the tooltip instead of the label, where there is more to say that changes. */
  readonly hint?: string
  readonly keys?: string
  readonly small?: boolean
  readonly className?: string
}

export function IconButton({ icon, label, hint, keys, small = false, className = '', ...rest }: IconButtonProps) {
  return (
    <WithTooltip text={hint ?? label} keys={keys}>
      <AriaButton {...rest} aria-label={label} className={`icon-button ${small ? 'icon-button-small' : ''} ${className}`}>
        <Icon name={icon} small={small} />
      </AriaButton>
    </WithTooltip>
  )
}

interface IconToggleProps {
  readonly icon: IconName
  readonly label: string
  readonly keys?: string
  readonly isSelected: boolean
  readonly isDisabled?: boolean
  readonly onChange: (on: boolean) => void
}

/** An icon that is on or off. */
export function IconToggle({ icon, label, keys, isSelected, isDisabled = false, onChange }: IconToggleProps) {
  return (
    <WithTooltip text={label} keys={keys}>
      <ToggleButton aria-label={label} isSelected={isSelected} isDisabled={isDisabled} onChange={onChange} className="icon-button">
        <Icon name={icon} />
      </ToggleButton>
    </WithTooltip>
  )
}
