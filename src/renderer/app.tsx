import { I18nProvider } from 'react-aria-components'
import { ConnectionBar } from './features/errors/connection-bar.js'
import { Guard } from './features/errors/guard.js'
import { ModelsOverlay } from './features/models/models-overlay.js'
import { SettingsOverlay } from './features/settings/settings-overlay.js'
import { Welcome } from './features/welcome/welcome.js'
import { ProjectScreen } from './features/workspace/project-screen.js'
import { locale, t } from './messages/t.js'
import { useOverlay } from './state/overlay.js'
import { useRoute } from './state/route.js'
import { useAppearance, useSettings } from './state/settings.js'
import { useLate } from './ui/loading.js'

export function App() {
  const settings = useSettings()
  const route = useRoute()
  const overlay = useOverlay()
  const isLate = useLate(settings === undefined, 600)
  useAppearance(settings)
  return (
    <I18nProvider locale={locale}>
      <ConnectionBar />
      <Guard>
        {settings === undefined ? <p className="starting" role="status">{isLate ? t('app.starting') : ''}</p> : null}
        {settings && route.screen === 'welcome' ? <Welcome settings={settings} /> : null}
        {settings && route.screen === 'project' ? <ProjectScreen path={route.path} view={route.view} settings={settings} /> : null}
        {settings && overlay === 'settings' ? <SettingsOverlay settings={settings} /> : null}
        {overlay === 'models' ? <ModelsOverlay /> : null}
      </Guard>
    </I18nProvider>
  )
}
