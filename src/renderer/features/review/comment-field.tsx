import { useState, type KeyboardEvent } from 'react'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { TextArea } from '../../ui/text-field.js'

interface CommentFieldProps {
  readonly label: string
  /** What the button says. */
  readonly send: string
  readonly isSending: boolean
  readonly error: unknown
  readonly onSend: (text: string) => void
  readonly onCancel: () => void
}

/** A field for a comment or a reply: Ctrl+Enter sends, Escape gives up. */
export function CommentField({ label, send, isSending, error, onSend, onCancel }: CommentFieldProps) {
  const [text, setText] = useState('')
  const submit = (): void => { if (text.trim() !== '' && !isSending) onSend(text.trim()) }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault()
      event.stopPropagation()
      submit()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    }
  }

  return (
    <div className="comment-field" onKeyDownCapture={onKeyDown}>
      <TextArea aria-label={label} placeholder={label} rows={2} value={text} onChange={setText} autoFocus maxLength={100_000} />
      {error ? <ErrorNotice error={error} steps={{ 'try-again': submit }} /> : null}
      <div className="row comment-field-acts">
        <Button size="small" isDisabled={text.trim() === '' || isSending} onPress={submit}>{send}</Button>
        <Button size="small" look="quiet" onPress={onCancel}>{t('general.cancel')}</Button>
      </div>
    </div>
  )
}
