import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Segments } from '../../ui/segments.js'

type Place = 'picture' | 'compare' | 'lineage'

/** The ways to look at a picture. */
export function ViewSegments({ item, value }: { readonly item: string; readonly value: Place }) {
  function show(place: Place): void {
    if (place === 'lineage') showView({ type: 'lineage', item })
    else showView(place === 'compare' ? { type: 'item', item, mode: 'compare' } : { type: 'item', item })
  }
  return (
    <Segments<Place>
      label={t('picture.view')} hideLabel value={value} onChange={show}
      choices={[{ id: 'picture', name: t('picture.view-picture') }, { id: 'compare', name: t('picture.view-compare') }, { id: 'lineage', name: t('picture.view-lineage') }]}
    />
  )
}
