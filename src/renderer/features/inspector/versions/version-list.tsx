import { useMemo } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { VersionSummary } from '../../../../contract/index.js'
import { formatWhen } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { Rail } from './rail.js'
import { layoutRail, railWidth } from './rail-layout.js'
import { howMade, versionLine, versionTitle } from './recipe-words.js'

interface VersionListProps {
  readonly versions: readonly VersionSummary[]
  readonly selected: string
  readonly onSelect: (version: string) => void
}

export function VersionList({ versions, selected, onSelect }: VersionListProps) {
  const rail = useMemo(() => layoutRail(versions), [versions])
  const width = railWidth(rail)
  const rows = versions.map((version, index) => ({ id: version.id, version, rail: rail[index] }))
  return (
    <ListBox
      aria-label={t('versions.list')}
      items={rows}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys]
        if (key !== undefined) onSelect(String(key))
      }}
    >
      {({ version, rail: line }) => (
        <ListBoxItem id={version.id} textValue={versionTitle(version)} className="version-row">
          {line ? <Rail row={line} width={width} /> : null}
          <div className="what">
            <div className="truncate version-name">
              <span className="strong">{versionTitle(version)}</span>
              {version.isHead ? <span className="head-tag">{t('versions.head')}</span> : null}
            </div>
            <div className="small truncate version-how">{versionLine(version)}</div>
            <div className="small faint truncate version-who">{t('versions.by', { name: version.person.name, how: howMade(version) })}</div>
          </div>
          <time className="when number" dateTime={new Date(version.at).toISOString()}>
            {formatWhen(version.at)}
          </time>
        </ListBoxItem>
      )}
    </ListBox>
  )
}
