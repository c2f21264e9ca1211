import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Settings } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useChangeSettings } from '../../state/settings.js'
import { studio } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { TextField } from '../../ui/text-field.js'
import { SettingLine, SettingsPage } from './setting-line.js'

export function YouSettings({ settings }: { readonly settings: Settings }) {
  const [name, setName] = useState(settings.name ?? '')
  const change = useChangeSettings()
  const about = useQuery(studio.system.about.queryOptions())
  const keep = (): void => {
    const next = name.trim() === '' ? null : name.trim()
    if (next !== settings.name) change.mutate({ name: next })
  }
  const keyStore = about.data?.keyStore
  return (
    <SettingsPage title={t('settings.you')} lead={t('settings.you-lead')}>
      <SettingLine name={t('settings.name')} hint={t('settings.name-hint')}>
        <span className="setting-field">
          <TextField
            aria-label={t('settings.name')}
            value={name}
            onChange={setName}
            onBlur={keep}
            maxLength={200}
            onKeyDown={(event) => {
              if (event.key === 'Enter') keep()
            }}
          />
        </span>
      </SettingLine>
      {keyStore ? (
        <SettingLine
          name={t('settings.key')}
          hint={
            <span className={`row key-store ${keyStore === 'keychain' ? 'well' : ''}`}>
              <Icon name="lock" small />
              {t(`settings.key.${keyStore}`)}
            </span>
          }
        >
          {null}
        </SettingLine>
      ) : null}
      {change.error ? <ErrorNotice error={change.error} steps={{ 'try-again': keep }} /> : null}
    </SettingsPage>
  )
}
