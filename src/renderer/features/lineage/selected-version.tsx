import { useQueries } from '@tanstack/react-query'
import { Button as AriaButton } from 'react-aria-components'
import type { ItemSummary, LineageNode } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { chooseVersion } from './choice.js'
import { openVersion } from './open-version.js'

interface SelectedVersionProps {
  readonly project: string
  readonly node: LineageNode
  readonly titles: ReadonlyMap<string, ItemSummary>
  /** The item whose lineage it is; null: all items. */
  readonly of: string | null
}

/** What the chosen version was made from, and where to go from here. */
export function SelectedVersion({ project, node, titles, of }: SelectedVersionProps) {
  const ids = [...node.madeFrom, ...node.read].slice(0, 6)
  const answers = useQueries({ queries: ids.map((version) => studio.items.version.queryOptions({ input: { project, version } })) })
  const title = titles.get(node.item)?.title ?? ''
  const [before] = node.madeFrom
  const isWithin = answers[0]?.data?.item === node.item

  const link = (id: string) => {
    const version = answers[ids.indexOf(id)]?.data
    if (!version) return null
    const name = version.item === node.item ? t('picture.version', { number: version.ordinal }) : t('lineage.selected', { title: titles.get(version.item)?.title ?? '', number: version.ordinal })
    return <AriaButton key={id} className="link" onPress={() => chooseVersion(version, of)}>{name}</AriaButton>
  }
  const from = node.madeFrom.slice(0, 3).map(link).filter(Boolean)
  const read = node.read.slice(0, 3).map(link).filter(Boolean)

  return (
    <div className="selection" role="region" aria-label={t('lineage.selection')}>
      <span className="strong truncate">{t('lineage.selected', { title, number: node.ordinal })}</span>
      {from.length > 0 ? <span className="secondary row">{t('lineage.made-from')} {from}</span> : null}
      {read.length > 0 ? <span className="secondary row">{t('lineage.read')} {read}</span> : null}
      <span className="gap" />
      <Button onPress={() => showView(of === null ? { type: 'lineage', item: node.item } : { type: 'lineage' })}>{t(of === null ? 'lineage.only' : 'lineage.all')}</Button>
      {before && isWithin ? <Button icon="compare" onPress={() => showView({ type: 'item', item: node.item, mode: 'compare', old: before, fresh: node.id })}>{t('lineage.compare')}</Button> : null}
      <Button onPress={() => openVersion(node)}>{t('lineage.open')}</Button>
    </div>
  )
}
