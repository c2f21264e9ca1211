import type { Settings } from '../../../contract/index.js'
import { useOpenProject } from '../../state/project.js'
import type { View } from '../../state/route.js'
import { t } from '../../messages/t.js'
import { Loading } from '../../ui/loading.js'
import { ProjectProblem } from '../errors/project-problem.js'
import { Workspace } from './workspace.js'

interface ProjectScreenProps {
  readonly path: string
  readonly view: View
  readonly settings: Settings
}

/** A project from being opened to being worked in, or why it could not be opened. */
export function ProjectScreen({ path, view, settings }: ProjectScreenProps) {
  const { project, error, isOpening, retry } = useOpenProject(path)
  if (project) return <Workspace project={project} view={view} settings={settings} />
  if (error) return <ProjectProblem path={path} error={error} isOpening={isOpening} onRetry={retry} />
  return <Loading text={t('desk.loading')} lines={6} />
}
