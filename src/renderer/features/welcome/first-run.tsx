import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Settings } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useRemembered } from '../../state/layout.js'
import { useChangeSettings } from '../../state/settings.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { TextField } from '../../ui/text-field.js'

/** What works on this computer, and once the person's name. */
export function FirstRun({ settings }: { readonly settings: Settings }) {
  const [skipped, setSkipped] = useRemembered('first-run.name-skipped', false)
  const asksName = settings.name === null && !skipped
  return (
    <aside className="templates" aria-label={t('first.works')}>
      {asksName ? <NameForm onSkip={() => setSkipped(true)} /> : null}
      <Works />
    </aside>
  )
}

function NameForm({ onSkip }: { readonly onSkip: () => void }) {
  const [name, setName] = useState('')
  const change = useChangeSettings()
  return (
    <form
      className="first-name"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') change.mutate({ name: name.trim() })
      }}
    >
      <h2>{t('first.title')}</h2>
      <TextField label={t('first.name')} value={name} onChange={setName} hint={t('first.name-hint')} maxLength={200} />
      {change.error ? <ErrorNotice error={change.error} /> : null}
      <div className="row">
        <Button type="submit" size="small" isDisabled={name.trim() === '' || change.isPending}>
          {t('general.save')}
        </Button>
        <Button look="quiet" size="small" onPress={onSkip}>
          {t('first.skip')}
        </Button>
      </div>
    </form>
  )
}

function Works() {
  const models = useQuery(studio.models.list.queryOptions())
  const text = models.data?.find((model) => model.kind === 'text' && model.path !== null && model.problem === null)
  return (
    <section>
      <h2 className="works-title">{t('first.works')}</h2>
      <ul className="works">
        <li>
          <Icon name="check" className="is-well" />
          {t('first.writing')}
        </li>
        {models.isPending ? (
          <li className="faint">
            <Icon name="chip" />
            {t('first.checking')}
          </li>
        ) : (
          <li>
            <Icon name={text ? 'check' : 'minus'} className={text ? 'is-well' : ''} />
            <span>
              {text ? t('first.drafting', { model: text.name }) : t('first.no-model')}
              {text?.about ? <span className="small secondary works-about">{text.about}</span> : null}
            </span>
          </li>
        )}
        <li>
          <Icon name="check" className="is-well" />
          {t('first.offline')}
        </li>
      </ul>
      {models.error ? <ErrorNotice error={models.error} steps={{ 'try-again': () => void models.refetch() }} /> : null}
    </section>
  )
}
