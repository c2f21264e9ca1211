import { useMutation } from '@tanstack/react-query'
import { Button as AriaButton } from 'react-aria-components'
import { formatFolder } from '../../format/size.js'
import { formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { IconButton } from '../../ui/button.js'

interface RecentProject {
  readonly path: string
  readonly title: string
  readonly openedAt: number
  readonly exists: boolean
  readonly open: string | null
}

interface RecentsProps {
  readonly projects: readonly RecentProject[]
  readonly onOpen: (path: string) => void
  readonly onLocate: (path: string) => void
}

export function Recents({ projects, onOpen, onLocate }: RecentsProps) {
  const forget = useMutation(studio.projects.forget.mutationOptions())
  return (
    <ul className="recent-list" aria-label={t('welcome.recent')}>
      {projects.map((project) => (
        <li className="recent" key={project.path}>
          <AriaButton className="recent-open" aria-label={project.title} isDisabled={!project.exists} onPress={() => onOpen(project.path)}>
            <span className="recent-name">{project.title}</span>
          </AriaButton>
          <span className="recent-meta">
            {project.exists ? null : (
              <span>
                <span className="danger">{t('welcome.missing')}</span>{' '}
                <AriaButton className="link recent-locate" onPress={() => onLocate(project.path)}>{t('welcome.locate')}</AriaButton>
              </span>
            )}
            {project.open ? <span>{t('welcome.is-open')}</span> : null}
            <span className="faint truncate" title={project.path}>{formatFolder(project.path)}</span>
          </span>
          <span className="recent-when number">{formatWhen(project.openedAt)}</span>
          <span className="recent-forget">
            <IconButton icon="x" small label={t('welcome.forget', { title: project.title })} onPress={() => forget.mutate({ path: project.path })} />
          </span>
        </li>
      ))}
    </ul>
  )
}
