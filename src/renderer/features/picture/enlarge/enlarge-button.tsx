import type { ProjectSummary, VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { IconButton } from '../../../ui/button.js'
import { useSelectedVersion } from '../../inspector/versions/use-versions.js'
import { enlargeProblem } from './problem.js'
import { useEnlarging } from './use-enlarging.js'

interface EnlargeButtonProps {
  readonly project: ProjectSummary
  readonly item: string
  readonly version: VersionSummary | null
}

/** Enlarges the picture that is shown. Not there where nothing on this computer can. */
export function EnlargeButton({ project, item, version }: EnlargeButtonProps) {
  const [chosen] = useSelectedVersion(item)
  const { enlargement, to, cannot, isReady, ask } = useEnlarging(project, version, chosen, (error) => enlargeProblem.set({ item, error }))
  if (!enlargement) return null
  const label = t('enlarge.action', { factor: enlargement.factor })
  return <IconButton icon="enlarge" label={label} hint={cannot ?? (to ? t('enlarge.to', { label, ...to }) : label)} isDisabled={!isReady} onPress={ask} />
}
