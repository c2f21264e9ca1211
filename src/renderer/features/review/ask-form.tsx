import { useState } from 'react'
import { t } from '../../messages/t.js'
import { Button } from '../../ui/button.js'
import { Chip } from '../../ui/chip.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Select } from '../../ui/select.js'
import { TextArea } from '../../ui/text-field.js'
import { useAsk, useMembers } from './use-review.js'

const dues = ['none', 'tomorrow', 'three', 'week'] as const
type Due = (typeof dues)[number]
const days: Record<Due, number | null> = { none: null, tomorrow: 1, three: 3, week: 7 }

interface AskFormProps {
  readonly project: string
  readonly item: string
  /** The version to send, of pictures. Texts send what is written now. */
  readonly version: string | null
  readonly title: string
  readonly isText: boolean
  readonly onClose: () => void
}

/** Whom to ask, by when, and why. */
export function AskForm({ project, item, version, title, isText, onClose }: AskFormProps) {
  const [to, setTo] = useState<readonly string[]>([])
  const [due, setDue] = useState<Due>('none')
  const [note, setNote] = useState('')
  const { members } = useMembers(project)
  const ask = useAsk(project, item)
  const others = [...new Map(members.filter(({ me }) => !me).map(({ person }) => [person.id, person])).values()]
  const send = (): void => ask.mutate({ version, to: [...to], note: note.trim(), due: dueDate(days[due]) }, { onSuccess: onClose })
  return (
    <div className="decision-form" role="group" aria-label={title}>
      <h2 className="strong">{title}</h2>
      {others.length > 0 ? (
        <div className="field">
          <div className="label">{t('review.ask-whom')}</div>
          <div className="chips">
            {others.map(({ id, name }) => (
              <Chip key={id} isSelected={to.includes(id)} onChange={(on) => setTo(on ? [...to, id] : to.filter((one) => one !== id))}>
                {name}
              </Chip>
            ))}
          </div>
          {to.length === 0 ? <p className="hint">{t('review.ask-anybody')}</p> : null}
        </div>
      ) : null}
      <Select label={t('review.ask-due')} value={due} onChange={setDue} choices={dues.map((id) => ({ id, name: t(`review.due.${id}`) }))} />
      <TextArea label={t('review.ask-note')} rows={2} value={note} onChange={setNote} autoFocus maxLength={10_000} />
      {ask.error ? <ErrorNotice error={ask.error} steps={{ 'try-again': send }} /> : null}
      <div className="row decision-form-acts">
        <Button look="primary" isDisabled={ask.isPending} onPress={send}>
          {t('review.ask-send')}
        </Button>
        <Button onPress={onClose}>{t('review.not-now')}</Button>
      </div>
      {isText ? <p className="hint">{t('review.ask-keeps')}</p> : null}
    </div>
  )
}

/** The end of the day, so many days from now. */
function dueDate(inDays: number | null): number | null {
  if (inDays === null) return null
  const date = new Date()
  date.setDate(date.getDate() + inDays)
  date.setHours(23, 59, 0, 0)
  return date.getTime()
}
