import { formatNumber } from '../../../format/size.js'
import { t } from '../../../messages/t.js'
import { Button, IconButton } from '../../../ui/button.js'
import type { Table } from './use-table.js'

/** How much larger a press makes the picture. */
export const stepIn = 1.25

/** How large the picture is shown, and making it larger or smaller. */
export function Hud({ table: { scale, zoom, fit, full } }: { readonly table: Omit<Table, 'ref'> }) {
  return (
    <div className="hud row">
      <IconButton small icon="zoom-out" label={t('picture.zoom-out')} keys="-" onPress={() => zoom(1 / stepIn)} />
      <Button size="small" look="quiet" aria-label={t('picture.zoom', { percent: Math.round(scale * 100) })} onPress={full}>{`${formatNumber(scale * 100)}%`}</Button>
      <IconButton small icon="zoom-in" label={t('picture.zoom-in')} keys="+" onPress={() => zoom(stepIn)} />
      <IconButton small icon="fit" label={t('picture.fit')} keys="0" onPress={fit} />
    </div>
  )
}
