import type { ReactNode } from 'react'
import { t } from '../messages/t.js'
import { IconButton } from './button.js'
import { Icon, type IconName } from './icon.js'

interface NoteProps {
  readonly icon?: IconName
  readonly warn?: boolean
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly onClose?: () => void
}

/** Something a person should know, in the place that it is about. It stays until it is closed or no longer true. */
export function Note({ icon = 'info', warn = false, children, actions, onClose }: NoteProps) {
  return (
    <div className={`note ${warn ? 'note-warn' : ''}`} role="status">
      <Icon name={icon} />
      <div className="note-text">{children}{actions ? <div className="row note-actions">{actions}</div> : null}</div>
      {onClose ? <span className="push"><IconButton icon="x" small label={t('general.close')} onPress={onClose} /></span> : null}
    </div>
  )
}
