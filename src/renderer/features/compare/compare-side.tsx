import type { ReactNode } from 'react'
import type { VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import { OriginRecord } from '../inspector/about/origin-record.js'
import { madeIcon, versionLine } from '../inspector/versions/recipe-words.js'
import { between, type Compared } from './pair.js'

interface CompareSideProps {
  readonly project: string
  readonly versions: readonly VersionSummary[]
  readonly old: Compared
  readonly fresh: Compared
  readonly children: ReactNode
}

/** Where the newer version's words come from, and what happened in between. */
export function CompareSide({ project, versions, old, fresh, children }: CompareSideProps) {
  const middle = between(versions, old, fresh)
  return (
    <aside className="compare-side" aria-label={t('compare.between')}>
      <h3 className="pane-head">{t('compare.between')}</h3>
      {middle.length === 0 ? <p className="small secondary">{t('compare.nothing-between')}</p> : null}
      <ul className="small">
        {middle.map((version) => (
          <li key={version.id} className="list-row">
            <Icon name={madeIcon(version)} small />
            <span className="secondary truncate">{versionLine(version)}</span>
            <span className="push faint number">{version.ordinal}</span>
          </li>
        ))}
      </ul>
      {fresh.version?.content.type === 'text' ? <OriginRecord project={project} version={fresh.id} words={fresh.version.content.words} /> : null}
      {children}
    </aside>
  )
}
