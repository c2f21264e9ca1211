import type { ReactNode } from 'react'
import { t } from '../messages/t.js'
import { explain, type NextStep } from '../problem.js'
import { Button, IconButton } from './button.js'
import { Icon } from './icon.js'

interface ErrorNoticeProps {
  readonly error: unknown
  /** What this place can do about it; a next step that is not among them is not offered. */
  readonly steps?: Partial<Record<NextStep, (largest?: string) => void>>
  readonly actions?: ReactNode
  readonly onClose?: () => void
}

/** An error where it happened: what is kept, and the next step as a button. */
export function ErrorNotice({ error, steps = {}, actions, onClose }: ErrorNoticeProps) {
  const problem = explain(error)
  // Who pressed cancel knows it.
  if (problem.code === 'cancelled') return null
  const step = steps[problem.next]
  return (
    <div className="error-notice" role="alert">
      <span className="error-line">
        <Icon name="warn" />
      </span>
      <div>
        <p>{problem.sentence}</p>
        {step || actions ? (
          <div className="row note-actions">
            {step && problem.next !== 'none' ? (
              <Button size="small" onPress={() => step(problem.largest)}>
                {problem.next === 'use-largest' ? t('error.next.use-largest', { largest: problem.largest ?? '' }) : t(`error.next.${problem.next}`)}
              </Button>
            ) : null}
            {actions}
          </div>
        ) : null}
      </div>
      {onClose ? (
        <span className="push">
          <IconButton icon="x" small label={t('general.close')} onPress={onClose} />
        </span>
      ) : null}
    </div>
  )
}
