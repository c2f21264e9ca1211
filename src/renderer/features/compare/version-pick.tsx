import type { VersionSummary } from '../../../contract/index.js'
import { formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { Select } from '../../ui/select.js'
import { versionLine, versionTitle } from '../inspector/versions/recipe-words.js'
import { draftId, type DraftNow } from './pair.js'

interface VersionPickProps {
  readonly label: string
  readonly versions: readonly VersionSummary[]
  readonly draft: DraftNow | null
  readonly value: string
  readonly onChange: (version: string) => void
}

/** Which version stands on one side, or the draft. */
export function VersionPick({ label, versions, draft, value, onChange }: VersionPickProps) {
  const base = versions.find(({ id }) => id === draft?.base)
  const about = draft?.differs ? t('compare.draft-about') : base ? t('compare.draft-same', { number: base.ordinal }) : ''
  const choices = [
    ...(draft ? [{ id: draftId, name: t('compare.draft'), about }] : []),
    ...versions.map((version) => ({
      id: version.id,
      name: `${versionTitle(version)}, ${version.person.name}`,
      about: `${versionLine(version)}. ${formatWhen(version.at)}${version.decision && version.decision !== 'changes' ? `. ${t('state.approved')}` : ''}`,
    })),
  ]
  return <Select label={label} hideLabel choices={choices} value={value} onChange={onChange} />
}
