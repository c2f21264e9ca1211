import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelView, Settings } from '../../../contract/index.js'
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
          <>
            <ModelWorks models={models.data} kind="text" />
            <ModelWorks models={models.data} kind="image" />
          </>
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

function ModelWorks({ models, kind }: { readonly models: readonly ModelView[] | undefined; readonly kind: 'text' | 'image' }) {
  const model = models?.find((one) => one.kind === kind && one.path !== null && one.problem === null)
  const words = kind === 'text' ? { there: 'first.drafting', missing: 'first.no-model' } as const : { there: 'first.pictures', missing: 'first.no-picture-model' } as const
  return (
    <li>
      <Icon name={model ? 'check' : 'minus'} className={model ? 'is-well' : ''} />
      <span>
        {model ? t(words.there, { model: model.name }) : t(words.missing)}
        {model?.about ? <span className="small secondary works-about">{model.about}</span> : null}
      </span>
    </li>
  )
}
