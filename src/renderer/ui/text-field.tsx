import type { ReactNode } from 'react'
import {
  FieldError,
  Input,
  Label,
  SearchField as AriaSearchField,
  Button,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components'
import { t } from '../messages/t.js'
import { Icon } from './icon.js'

interface FieldProps extends Pick<
  AriaTextFieldProps,
  | 'value'
  | 'defaultValue'
  | 'onChange'
  | 'onBlur'
  | 'onKeyDown'
  | 'isRequired'
  | 'isDisabled'
  | 'isReadOnly'
  | 'autoFocus'
  | 'maxLength'
  | 'name'
  | 'isInvalid'
  | 'aria-label'
> {
  readonly label?: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | null
  readonly placeholder?: string
}

/** Keys that a field has no use for go on to what it lies in, so that Escape closes a dialog from everywhere: a field that listens would keep them all. */
function goingOn(onKeyDown: AriaTextFieldProps['onKeyDown']): AriaTextFieldProps['onKeyDown'] {
  return onKeyDown && ((event) => {
    onKeyDown(event)
    if (!event.isDefaultPrevented()) event.continuePropagation()
  })
}

export function TextField({ label, hint, error, placeholder, onKeyDown, ...rest }: FieldProps) {
  return (
    <AriaTextField {...rest} onKeyDown={goingOn(onKeyDown)} isInvalid={rest.isInvalid ?? Boolean(error)} className="field">
      {label ? <Label className="label">{label}</Label> : null}
      <Input className="input" placeholder={placeholder} autoComplete="off" spellCheck={false} />
      {hint && !error ? (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="hint hint-error">{error ?? undefined}</FieldError>
    </AriaTextField>
  )
}

interface TextAreaProps extends FieldProps {
  readonly rows?: number
  /** Serif: for what is read or given to a model. */
  readonly serif?: boolean
}

export function TextArea({ label, hint, error, placeholder, rows = 3, serif = false, onKeyDown, ...rest }: TextAreaProps) {
  return (
    <AriaTextField {...rest} onKeyDown={goingOn(onKeyDown)} isInvalid={rest.isInvalid ?? Boolean(error)} className="field">
      {label ? <Label className="label">{label}</Label> : null}
      <AriaTextArea className={`input input-area ${serif ? 'input-serif' : ''}`} rows={rows} placeholder={placeholder} spellCheck={false} />
      {hint && !error ? (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="hint hint-error">{error ?? undefined}</FieldError>
    </AriaTextField>
  )
}

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onSubmit?: (value: string) => void
}

/** A filter above a list; Escape empties it. */
export function SearchField({ label, value, onChange, onSubmit }: SearchFieldProps) {
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} onSubmit={onSubmit} className="input">
      <Icon name="search" />
      <Input placeholder={label} autoComplete="off" spellCheck={false} />
      {value === '' ? null : (
        <Button className="icon-button icon-button-small" aria-label={t('general.clear')}>
          <Icon name="x" small />
        </Button>
      )}
    </AriaSearchField>
  )
}
