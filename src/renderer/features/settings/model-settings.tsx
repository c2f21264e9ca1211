import { useQuery } from '@tanstack/react-query'
import type { Settings } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useChangeSettings } from '../../state/settings.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Select } from '../../ui/select.js'
import { MeaningSetting } from '../search/meaning-setting.js'
import { choosePath } from '../chooser/choose.js'
import { SettingLine, SettingsPage } from './setting-line.js'

const builtIn = 'built-in'

export function ModelSettings({ settings }: { readonly settings: Settings }) {
  const change = useChangeSettings()
  const models = useQuery(studio.models.list.queryOptions())
  const texts = (models.data ?? []).filter((model) => model.kind === 'text' && model.path !== null && !model.builtIn)

  async function chooseFolder(key: 'modelsFolder' | 'projectsFolder'): Promise<void> {
    const folder = await choosePath({ title: t('chooser.folder'), kind: 'folder', endings: [], start: settings[key] })
    if (folder) change.mutate({ [key]: folder })
  }

  return (
    <SettingsPage title={t('settings.models')} lead={t('settings.models-lead')}>
      <SettingLine name={t('settings.text-model')} hint={t('settings.text-model-hint')}>
        <span className="setting-field">
          <Select
            label={t('settings.text-model')}
            hideLabel
            value={texts.some((model) => model.id === settings.textModel) ? settings.textModel : builtIn}
            onChange={(id) => change.mutate({ textModel: id === builtIn ? null : id })}
            choices={[{ id: builtIn, name: t('settings.text-model-built-in') }, ...texts.map((model) => ({ id: model.id, name: model.name }))]}
          />
        </span>
      </SettingLine>
      <MeaningSetting settings={settings} />
      <SettingLine
        name={t('settings.models-folder')}
        hint={
          <>
            {t('settings.models-folder-hint')}: <span className="path">{settings.modelsFolder}</span>
          </>
        }
      >
        <Button size="small" aria-label={`${t('settings.models-folder')}: ${t('general.choose')}`} onPress={() => void chooseFolder('modelsFolder')}>
          {t('general.choose')}
        </Button>
      </SettingLine>
      <SettingLine
        name={t('settings.projects-folder')}
        hint={
          <>
            {t('settings.projects-folder-hint')}: <span className="path">{settings.projectsFolder}</span>
          </>
        }
      >
        <Button size="small" aria-label={`${t('settings.projects-folder')}: ${t('general.choose')}`} onPress={() => void chooseFolder('projectsFolder')}>
          {t('general.choose')}
        </Button>
      </SettingLine>
      {change.error ? <ErrorNotice error={change.error} /> : null}
    </SettingsPage>
  )
}
