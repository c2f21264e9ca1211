import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Settings } from '../../../contract/index.js'
import { fileTitle } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { overlay } from '../../state/overlay.js'
import { goTo } from '../../state/route.js'
import { studio } from '../../studio.js'
import { Button, IconButton } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Mark } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { ThemeButton } from '../../ui/theme-button.js'
import { choosePath } from '../chooser/choose.js'
import { Chooser } from '../chooser/chooser.js'
import { FirstRun } from './first-run.js'
import { ModelsFoot } from './models-foot.js'
import { NewProject } from './new-project.js'
import { Recents } from './recents.js'
import { OpenSample } from './sample.js'
import './welcome.css'

/** Goes to a project that lies at a path; whether it can be opened is said there. */
export function openProject(path: string): void {
  goTo({ screen: 'project', path, view: { type: 'none' } })
}

async function chooseProject(title: string, start?: string): Promise<void> {
  const path = await choosePath({ title, kind: 'file', endings: ['galley'], filter: t('chooser.projects'), ...(start ? { start } : {}) })
  if (path) openProject(path)
}

export function Welcome({ settings }: { readonly settings: Settings }) {
  const [isNew, setNew] = useState(false)
  const recent = useQuery(studio.projects.recent.queryOptions())
  return (
    <div className="window">
      <header className="title-bar">
        <div className="title-bar-left">
          <Mark />
          <span className="strong">{t('app.name')}</span>
        </div>
        <span />
        <div className="title-bar-right">
          <IconButton icon="settings" label={t('welcome.settings')} onPress={() => overlay.set('settings')} />
          <ThemeButton />
        </div>
      </header>
      <main className="welcome">
        <section className="recents" aria-labelledby="welcome-title">
          <div className="row welcome-head">
            <h1 className="display" id="welcome-title">
              {t('welcome.title')}
            </h1>
            <span className="push row">
              <Button icon="folder" onPress={() => void chooseProject(t('chooser.open-project'), settings.projectsFolder)}>
                {t('welcome.open')}
              </Button>
              <Button look="primary" icon="plus" onPress={() => setNew(true)}>
                {t('welcome.new')}
              </Button>
            </span>
          </div>
          {recent.error ? <ErrorNotice error={recent.error} steps={{ 'try-again': () => void recent.refetch() }} /> : null}
          {recent.isPending ? <Loading text={t('welcome.recent')} /> : null}
          {recent.data?.length === 0 ? (
            <EmptyState title={t('welcome.none')} actions={<OpenSample onOpened={openProject} />}>
              {t('welcome.none-text')} {t('sample.what')}
            </EmptyState>
          ) : null}
          {recent.data?.length ? (
            <Recents
              projects={recent.data}
              onOpen={openProject}
              onLocate={(path) => void chooseProject(t('chooser.locate-project', { title: fileTitle(path) }))}
            />
          ) : null}
          {recent.data?.length ? <div className="sample-line"><OpenSample isQuiet onOpened={openProject} /></div> : null}
        </section>
        <FirstRun settings={settings} />
      </main>
      <ModelsFoot />
      {isNew ? <NewProject folder={settings.projectsFolder} onClose={() => setNew(false)} onCreated={openProject} /> : null}
      <Chooser />
    </div>
  )
}
