import type { ProjectSummary, VersionSummary } from '../../../../contract/index.js'
import { formatDuration } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { Button } from '../../../ui/button.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { useSelectedVersion } from '../../inspector/versions/use-versions.js'
import { estimateEnlarging } from './enlarged-size.js'
import { useEnlarging } from './use-enlarging.js'

interface EnlargeSectionProps {
  readonly project: ProjectSummary
  readonly item: string
  readonly versions: readonly VersionSummary[]
}

/** Offers to enlarge the chosen version, with the size that it gets and how long that takes. */
export function EnlargeSection({ project, item, versions }: EnlargeSectionProps) {
  const [chosen] = useSelectedVersion(item)
  const version = versions.find(({ id }) => id === chosen) ?? versions[0] ?? null
  const { enlargement, from, to, cannot, isReady, ask, error, forgetError } = useEnlarging(project, version, chosen)
  if (!enlargement || !version || !from) return null
  const ms = to ? estimateEnlarging(versions.map(({ recipe }) => recipe), enlargement, to) : null
  return (
    <div className="pane-section">
      <h2 className="pane-head">{t('enlarge.title')}<span className="more number">{t('versions.ordinal', { number: version.ordinal })}</span></h2>
      {error ? <ErrorNotice error={error} onClose={forgetError} steps={{ 'try-again': ask }} /> : null}
      <Button icon="enlarge" wide isDisabled={!isReady} onPress={ask}>{t('enlarge.action', { factor: enlargement.factor })}</Button>
      <p className="hint">
        {cannot ?? t('enlarge.hint', { width: from.width, height: from.height, toWidth: to?.width ?? 0, toHeight: to?.height ?? 0, time: ms === null ? 'none' : formatDuration(ms) })}
      </p>
    </div>
  )
}
