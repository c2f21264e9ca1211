import type { VersionSummary } from '../../../contract/index.js'
import { formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { Select } from '../../ui/select.js'
import { versionLine, versionTitle } from '../inspector/versions/recipe-words.js'

interface VersionPickProps {
  readonly label: string
  readonly versions: readonly VersionSummary[]
  readonly value: VersionSummary
  readonly onChange: (version: string) => void
}

/** Which version stands on one side. */
export function VersionPick({ label, versions, value, onChange }: VersionPickProps) {
  const choices = versions.map((version) => ({
    id: version.id,
    name: `${versionTitle(version)}, ${version.person.name}`,
    about: `${versionLine(version)}. ${formatWhen(version.at)}${version.decision && version.decision !== 'changes' ? `. ${t('state.approved')}` : ''}`,
  }))
  return <Select label={label} hideLabel choices={choices} value={value.id} onChange={onChange} />
}
