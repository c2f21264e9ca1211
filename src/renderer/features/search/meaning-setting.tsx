import { useQuery } from '@tanstack/react-query'
import type { Settings } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useRoute } from '../../state/route.js'
import { useChangeSettings } from '../../state/settings.js'
import { studio } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Switch } from '../../ui/switch.js'
import { SettingLine } from '../settings/setting-line.js'
import { meaningSentence } from './meaning-sentence.js'

/** The switch of search by meaning, and how far the open project is read. */
export function MeaningSetting({ settings }: { readonly settings: Settings }) {
  const change = useChangeSettings()
  const route = useRoute()
  const recent = useQuery(studio.projects.recent.queryOptions())
  const path = route.screen === 'project' ? route.path : null
  const project = recent.data?.find((one) => one.path === path)?.open ?? null
  return (
    <>
      <SettingLine name={t('settings.meaning')} hint={<>{t('settings.meaning-hint')}{project !== null && settings.searchByMeaning ? <ProjectState project={project} /> : null}</>}>
        <Switch label={t('settings.meaning')} isOn={settings.searchByMeaning} onChange={(searchByMeaning) => change.mutate({ searchByMeaning })} />
      </SettingLine>
      {change.error ? <ErrorNotice error={change.error} /> : null}
    </>
  )
}

function ProjectState({ project }: { readonly project: string }) {
  const { data } = useQuery(studio.search.meaning.queryOptions({ input: { project } }))
  if (!data || data.state === 'off') return null
  return <span className="block" role="status">{meaningSentence(data) ?? t('settings.meaning-ready')}</span>
}
