import type { StudioErrorCode } from '../../../contract/index.js'
import { fileTitle } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { explain } from '../../problem.js'
import { goTo } from '../../state/route.js'
import { Button } from '../../ui/button.js'
import { Mark } from '../../ui/icon.js'

const titled = new Set<StudioErrorCode>(['project-in-use', 'project-newer', 'project-damaged', 'not-a-project', 'not-found'])

function titleOf(code: string, name: string): string {
  return titled.has(code as StudioErrorCode)
    ? t(`error.title.${code as 'project-in-use' | 'project-newer' | 'project-damaged' | 'not-a-project' | 'not-found'}`, { name })
    : t('error.title.other', { name })
}

interface ProjectProblemProps {
  readonly path: string
  readonly error: unknown
  readonly isOpening: boolean
  readonly onRetry: () => void
}

/** A project that could not be opened: why, that nothing was touched, and where to go from here. */
export function ProjectProblem({ path, error, isOpening, onRetry }: ProjectProblemProps) {
  const problem = explain(error)
  const title = titleOf(problem.code, fileTitle(path))
  // Some sentences begin with what stands above them as a title.
  const sentence = problem.sentence.startsWith(`${title}. `) ? problem.sentence.slice(title.length + 2) : problem.sentence
  return (
    <div className="project-problem">
      <header className="title-bar"><div className="title-bar-left"><Mark /><span className="strong">{t('app.name')}</span></div></header>
      <main>
        <div className="dialog" role="alert">
          <div className="dialog-body">
            <h1>{title}</h1>
            <p className="secondary">{sentence}</p>
            <p className="mono small faint">{path}</p>
          </div>
          <div className="dialog-foot">
            <Button look="quiet" isDisabled={isOpening} onPress={onRetry}>{t('general.try-again')}</Button>
            <Button look="primary" onPress={() => goTo({ screen: 'welcome' })}>{t('general.all-projects')}</Button>
          </div>
        </div>
      </main>
    </div>
  )
}
