import type { ItemKind } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Segments } from '../../ui/segments.js'

interface ViewSwitchProps {
  readonly item: string
  readonly kind: ItemKind
  readonly mode: 'work' | 'compare' | 'combine'
}

/** The views of one item, at the right end of its toolbar. */
export function ViewSwitch({ item, kind, mode }: ViewSwitchProps) {
  const choices = [{ id: 'work', name: kind === 'text' ? t('compare.write') : t('kind.image') }, { id: 'compare', name: t('compare.compare') }] as const
  return (
    <Segments
      label={t('compare.view')} hideLabel value={mode === 'compare' ? 'compare' : 'work'} choices={choices}
      onChange={(id) => showView(id === 'compare' ? { type: 'item', item, mode: 'compare' } : { type: 'item', item })}
    />
  )
}
