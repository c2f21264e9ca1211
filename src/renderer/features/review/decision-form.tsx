import { useMutation } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { TextArea } from '../../ui/text-field.js'
import type { DecisionKind } from './use-review.js'

interface DecisionFormProps {
  readonly project: string
  readonly version: string
  readonly ordinal: number
  readonly decision: DecisionKind
  /** The name of the founder where a decision of this person does not count yet. */
  readonly waitsFor: string | null
  readonly onClose: () => void
  readonly onDecided: () => void
}

/** Asks once more, with the version named, before a decision is signed. */
export function DecisionForm({ project, version, ordinal, decision, waitsFor, onClose, onDecided }: DecisionFormProps) {
  const [notes, setNotes] = useState('')
  const decide = useMutation(studio.review.decide.mutationOptions({ onSuccess: onDecided }))
  const needsWords = decision !== 'approve'
  const isReady = (!needsWords || notes.trim() !== '') && !decide.isPending
  const submit = (): void => {
    if (isReady) decide.mutate({ project, version, decision, notes: notes.trim() })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault()
      // A focused button would take the same Enter as a press of its own, and sign once more.
      event.stopPropagation()
      submit()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    }
  }

  const title = t(`review.title.${decision}`, { number: ordinal })
  return (
    <div className="decision-form" role="group" aria-label={title} onKeyDownCapture={onKeyDown}>
      <h2 className="strong">{title}</h2>
      {needsWords ? (
        <TextArea
          aria-label={t(`review.notes.${decision}`)}
          placeholder={t(`review.notes.${decision}`)}
          rows={2}
          value={notes}
          onChange={setNotes}
          autoFocus
          maxLength={100_000}
        />
      ) : null}
      {decide.error ? <ErrorNotice error={decide.error} steps={{ 'try-again': submit }} /> : null}
      <div className="row decision-form-acts">
        <Button look="primary" autoFocus={!needsWords} isDisabled={!isReady} keys="Ctrl+Enter" onPress={submit}>
          {t(`review.${decision}`)}
        </Button>
        <Button onPress={onClose}>{t('review.not-now')}</Button>
      </div>
      <p className="hint">
        {t('review.signed')}
        {waitsFor === null ? '' : ` ${t('review.would-not-count', { founder: waitsFor })}`}
      </p>
    </div>
  )
}
