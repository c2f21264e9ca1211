import { useQuery } from '@tanstack/react-query'
import type { VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { showView } from '../../../state/route.js'
import { studio } from '../../../studio.js'
import { Button } from '../../../ui/button.js'
import { Icon } from '../../../ui/icon.js'

interface DraftRowProps {
  readonly project: string
  readonly item: string
  readonly versions: readonly VersionSummary[]
  /** The version that the draft would be compared with. */
  readonly selected: VersionSummary
}

/** Says that the draft went on since it was last kept, and compares it with the chosen version. */
export function DraftRow({ project, item, versions, selected }: DraftRowProps) {
  const draft = useQuery(studio.texts.draft.queryOptions({ input: { project, item } })).data
  if (!draft?.differs) return null
  const base = versions.find(({ id }) => id === draft.base)
  return (
    <div className="versions-draft">
      <Icon name="pen" small />
      <span className="small">{base ? t('versions.draft-since', { number: base.ordinal }) : t('versions.draft-new')}</span>
      <Button size="small" icon="compare" aria-label={t('versions.draft-compare', { number: selected.ordinal })} onPress={() => showView({ type: 'item', item, mode: 'compare', old: selected.id, fresh: 'draft' })}>
        {t('versions.draft-compare-short', { number: selected.ordinal })}
      </Button>
    </div>
  )
}
