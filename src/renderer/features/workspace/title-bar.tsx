import { Button as AriaButton } from 'react-aria-components'
import type { ProjectSummary, Settings } from '../../../contract/index.js'
import { initials } from '../../format/size.js'
import { formatWhen, formatClock } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { overlay } from '../../state/overlay.js'
import { goTo } from '../../state/route.js'
import { IconButton, IconToggle } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon, Mark } from '../../ui/icon.js'
import { Keys } from '../../ui/keys.js'
import { ThemeButton } from '../../ui/theme-button.js'
import { WithTooltip } from '../../ui/tooltip.js'
import { ProjectMenu } from './project-menu.js'
import { useHistory } from './use-history.js'

interface TitleBarProps {
  readonly project: ProjectSummary
  readonly settings: Settings
  readonly showsInspector: boolean
  /** Whether what is shown has an inspector at all. */
  readonly hasInspector: boolean
  readonly onToggleInspector: () => void
}

/** When something was last saved: the time today, the day before that. */
function savedAt(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return t('time.saved', { time: isToday ? formatClock(at) : formatWhen(at) })
}

export function TitleBar({ project, settings, showsInspector, hasInspector, onToggleInspector }: TitleBarProps) {
  const history = useHistory(project.handle)
  const name = settings.name
  return (
    <header className="title-bar">
      <div className="title-bar-left">
        <WithTooltip text={t('general.all-projects')}>
          <AriaButton className="mark-button" aria-label={t('general.all-projects')} onPress={() => goTo({ screen: 'welcome' })}><Mark /></AriaButton>
        </WithTooltip>
        <h1 className="visually-hidden">{project.title}</h1>
        <ProjectMenu project={project} />
        <span className="saved">{project.readOnly ? t('workspace.read-only') : savedAt(project.savedAt)}</span>
      </div>
      <AriaButton className="command-field" onPress={() => overlay.set('palette')}>
        <Icon name="search" /><span>{t('workspace.command-field')}</span><Keys keys="Ctrl+K" />
      </AriaButton>
      <div className="title-bar-right">
        <IconButton icon="undo" label={t('undo.action')} hint={history.undoLabel} keys="Ctrl+Z" isDisabled={!history.canUndo} onPress={history.undo} />
        <IconButton icon="redo" label={t('redo.action')} hint={history.redoLabel} keys="Ctrl+Shift+Z" isDisabled={!history.canRedo} onPress={history.redo} />
        <IconToggle icon="pane" label={t('workspace.inspector-toggle')} isSelected={hasInspector && showsInspector} isDisabled={!hasInspector} onChange={onToggleInspector} />
        <ThemeButton />
        <WithTooltip text={name ?? t('workspace.no-name')}>
          <AriaButton className="person-button" onPress={() => overlay.set('settings')}>
            <span className="visually-hidden">{name ? t('workspace.you', { name }) : t('workspace.no-name')}</span>
            <span className="person" aria-hidden="true">{name ? initials(name) : <Icon name="person" small />}</span>
          </AriaButton>
        </WithTooltip>
      </div>
      {history.error ? <div className="title-bar-error"><ErrorNotice error={history.error} onClose={history.forgetError} /></div> : null}
    </header>
  )
}
