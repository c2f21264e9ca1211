import { useQuery } from '@tanstack/react-query'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { SettingLine, SettingsPage } from './setting-line.js'

export function AboutSettings() {
  const about = useQuery(studio.system.about.queryOptions())
  const doctor = useQuery({ ...studio.system.doctor.queryOptions(), enabled: false })
  const checks = doctor.data?.checks ?? []
  const isWell = checks.length > 0 && checks.every((check) => check.ok)
  return (
    <SettingsPage title={t('settings.about')}>
      {about.data ? (
        <SettingLine name={t('app.name')} hint={t('settings.version', { version: about.data.version })}>
          {null}
        </SettingLine>
      ) : null}
      <SettingLine name={t('settings.doctor')} hint={isWell ? t('settings.doctor-well') : t('settings.doctor-hint')}>
        <Button size="small" isDisabled={doctor.isFetching} onPress={() => void doctor.refetch()}>
          {t('settings.doctor-run')}
        </Button>
      </SettingLine>
      {doctor.error ? <ErrorNotice error={doctor.error} steps={{ 'try-again': () => void doctor.refetch() }} /> : null}
      <ul className="checks">
        {checks.map((check) => (
          <li key={check.name}>
            <Icon name={check.ok ? 'check' : 'warn'} small className={check.ok ? 'well' : 'danger'} />
            <span>
              <span className="medium">{check.name}</span> <span className="secondary">{check.detail}</span>
              {check.ok || check.next === '' ? null : <span className="block small">{check.next}</span>}
            </span>
          </li>
        ))}
      </ul>
    </SettingsPage>
  )
}
