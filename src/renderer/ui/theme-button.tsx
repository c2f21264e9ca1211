import { t } from '../messages/t.js'
import { useChangeSettings, useSettings } from '../state/settings.js'
import { rememberedTheme, resolveTheme } from '../theme.js'
import { IconButton } from './button.js'

/** Switches between light and dark. */
export function ThemeButton() {
  const settings = useSettings()
  const change = useChangeSettings()
  const isDark = resolveTheme(settings?.theme ?? rememberedTheme()) === 'dark'
  return <IconButton icon="theme" label={t('workspace.theme')} onPress={() => change.mutate({ theme: isDark ? 'light' : 'dark' })} />
}
