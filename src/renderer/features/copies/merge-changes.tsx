import type { ReactNode } from 'react'
import type { MergePreview } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { groupChanges, type MergeChange } from './merge-groups.js'
import { MergeRow, RefusedRow } from './merge-row.js'

/** All that would come in, by what it asks of a person. */
export function Changes({ preview }: { readonly preview: MergePreview }) {
  const { both, fresh, more } = groupChanges(preview.changes)
  const rows = (changes: readonly MergeChange[]): ReactNode => (
    <ul>
      {changes.map((change) => (
        <MergeRow key={change.item} change={change} />
      ))}
    </ul>
  )
  return (
    <>
      {both.length > 0 ? (
        <Group name={t('merge.both')} count={both.length} hint={t('merge.both-hint')}>
          {rows(both)}
        </Group>
      ) : null}
      {preview.refused.length > 0 ? (
        <Group name={t('merge.refused')} count={preview.refused.length} hint={t('merge.refused-hint')}>
          <ul>
            {preview.refused.map(({ what, reason }, index) => (
              <RefusedRow key={index} what={what} reason={reason} />
            ))}
          </ul>
        </Group>
      ) : null}
      {fresh.length > 0 ? (
        <Group name={t('merge.new')} count={fresh.length}>
          {rows(fresh)}
        </Group>
      ) : null}
      {more.length > 0 ? (
        <Group name={t('merge.more')} count={more.length}>
          {rows(more)}
        </Group>
      ) : null}
    </>
  )
}

interface GroupProps {
  readonly name: string
  readonly count: number
  readonly hint?: string
  readonly children: ReactNode
}

function Group({ name, count, hint, children }: GroupProps) {
  return (
    <section aria-label={name}>
      <div className="mgroup">
        <h3>{name}</h3>
        <span className="number faint">{count}</span>
        {hint ? <span className="push small secondary">{hint}</span> : null}
      </div>
      {children}
    </section>
  )
}

/** Who wrote what is new. */
export function People({ people }: { readonly people: MergePreview['people'] }) {
  return (
    <div className="pane-section">
      <h3 className="pane-head">{t('merge.people')}</h3>
      {people.length === 0 ? (
        <p className="small secondary">{t('merge.no-people')}</p>
      ) : (
        <dl className="facts small">
          {people.map((person) => (
            <Person key={person.id} name={person.name || t('merge.unnamed')} commits={person.commits} />
          ))}
        </dl>
      )}
    </div>
  )
}

function Person({ name, commits }: { readonly name: string; readonly commits: number }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="number">{t('merge.person-commits', { count: commits })}</dd>
    </>
  )
}
