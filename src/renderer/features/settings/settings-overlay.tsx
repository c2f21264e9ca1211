import { useEffect, useState, type ReactNode } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { Settings } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { overlay, settingsSection } from '../../state/overlay.js'
import { FullScreen } from '../../ui/full-screen.js'
import { Icon, type IconName } from '../../ui/icon.js'
import { Chooser } from '../chooser/chooser.js'
import { AboutSettings } from './about-settings.js'
import { LookSettings } from './look-settings.js'
import { ModelSettings } from './model-settings.js'
import { YouSettings } from './you-settings.js'
import './settings.css'

interface Section {
  readonly id: string
  readonly name: string
  readonly icon: IconName
  readonly show: (settings: Settings) => ReactNode
}

const sections: readonly Section[] = [
  { id: 'you', name: t('settings.you'), icon: 'person', show: (settings) => <YouSettings settings={settings} /> },
  { id: 'look', name: t('settings.look'), icon: 'theme', show: (settings) => <LookSettings settings={settings} /> },
  { id: 'models', name: t('settings.models'), icon: 'models', show: (settings) => <ModelSettings settings={settings} /> },
  { id: 'about', name: t('settings.about'), icon: 'info', show: () => <AboutSettings /> },
]

export function SettingsOverlay({ settings }: { readonly settings: Settings }) {
  const [section, setSection] = useState(settingsSection.get())
  useEffect(() => () => settingsSection.set('you'), [])
  return (
    <FullScreen title={t('settings.title')} onClose={() => overlay.set(null)}>
      <div className="settings">
        <nav className="pane pane-left" aria-label={t('settings.sections')}>
          <div className="pane-scroll">
            <ListBox
              aria-label={t('settings.sections')}
              className="tree"
              items={sections}
              selectionMode="single"
              selectionBehavior="replace"
              disallowEmptySelection
              selectedKeys={[section]}
              onSelectionChange={(keys) => {
                const [key] = keys === 'all' ? [] : [...keys]
                if (key !== undefined) setSection(String(key))
              }}
            >
              {(one) => (
                <ListBoxItem id={one.id} textValue={one.name} className="tree-row">
                  <Icon name={one.icon} />
                  <span className="name">{one.name}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </div>
          <div className="pane-foot small secondary">{t('settings.kept-here')}</div>
        </nav>
        <main className="work-scroll">{sections.find((one) => one.id === section)?.show(settings)}</main>
      </div>
      <Chooser />
    </FullScreen>
  )
}
