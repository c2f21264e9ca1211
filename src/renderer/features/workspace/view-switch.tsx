import type { ItemKind } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Segments } from '../../ui/segments.js'

type Mode = 'work' | 'compare' | 'lineage'

interface ViewSwitchProps {
  readonly item: string
  readonly kind: ItemKind
  readonly mode: Mode | 'combine'
}

/** The views of one item, at the right end of its toolbar. */
export function ViewSwitch({ item, kind, mode }: ViewSwitchProps) {
  function show(to: Mode): void {
    if (to === 'lineage') showView({ type: 'lineage', item })
    else showView(to === 'compare' ? { type: 'item', item, mode: 'compare' } : { type: 'item', item })
  }
  return (
    <Segments<Mode>
      label={t('compare.view')} hideLabel value={mode === 'combine' ? 'work' : mode} onChange={show}
      choices={[{ id: 'work', name: kind === 'text' ? t('compare.write') : t('kind.image') }, { id: 'compare', name: t('compare.compare') }, { id: 'lineage', name: t('picture.view-lineage') }]}
    />
  )
}
