import type { Settings } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useChangeSettings } from '../../state/settings.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Segments } from '../../ui/segments.js'
import { SettingLine, SettingsPage } from './setting-line.js'

const themes = ['system', 'light', 'dark'] as const
const densities = ['compact', 'normal', 'roomy'] as const

export function LookSettings({ settings }: { readonly settings: Settings }) {
  const change = useChangeSettings()
  return (
    <SettingsPage title={t('settings.look')} lead={t('settings.look-lead')}>
      <SettingLine name={t('settings.theme')} hint={t('settings.theme-hint')}>
        <Segments
          label={t('settings.theme')}
          hideLabel
          value={settings.theme}
          onChange={(theme) => change.mutate({ theme })}
          choices={themes.map((id) => ({ id, name: t(`settings.theme.${id}`) }))}
        />
      </SettingLine>
      <SettingLine name={t('settings.density')} hint={t('settings.density-hint')}>
        <Segments
          label={t('settings.density')}
          hideLabel
          value={settings.density}
          onChange={(density) => change.mutate({ density })}
          choices={densities.map((id) => ({ id, name: t(`settings.density.${id}`) }))}
        />
      </SettingLine>
      {change.error ? <ErrorNotice error={change.error} /> : null}
    </SettingsPage>
  )
}
