import { ListBox, ListBoxItem } from 'react-aria-components'
import { pictureUrl, type ItemSummary } from '../../../contract/index.js'
import { formatNumber } from '../../format/size.js'
import { formatWhenInside } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { IconButton } from '../../ui/button.js'
import { Icon } from '../../ui/icon.js'
import { Keys } from '../../ui/keys.js'
import { kindIcons } from '../desk/desk-row.js'
import type { Waiting } from './use-waiting.js'

interface WaitingListProps {
  readonly project: string
  readonly waiting: readonly Waiting[]
  readonly items: readonly ItemSummary[]
  readonly shown: string | null
  readonly onShow: (item: string) => void
}

/** All that waits, and the keys that walk through it. */
export function WaitingList({ project, waiting, items, shown, onShow }: WaitingListProps) {
  return (
    <section className="pane review-waiting" aria-label={t('waiting.name')}>
      <div className="pane-title">
        <IconButton icon="left" label={t('waiting.leave')} onPress={() => showView(shown ? { type: 'item', item: shown } : { type: 'none' })} />
        <h2>{t('waiting.name')}</h2>
        {waiting.length > 0 ? <span className="push small faint number" aria-hidden="true">{formatNumber(waiting.length)}</span> : null}
      </div>
      <ListBox
        className="pane-scroll waiting-list"
        aria-label={t('waiting.name')}
        items={waiting.map((one) => ({ ...one, id: one.item }))}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={shown ? [shown] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          if (key !== undefined) onShow(String(key))
        }}
      >
        {(one) => (
          <ListBoxItem id={one.item} textValue={one.title} className="wait">
            <Thumb project={project} item={items.find(({ id }) => id === one.item)} />
            <span className="wait-words">
              <span className="truncate medium block">{one.title}</span>
              <span className="small secondary truncate block">{t('waiting.from', { name: one.from.name, time: formatWhenInside(one.since) })}</span>
            </span>
          </ListBoxItem>
        )}
      </ListBox>
      <div className="pane-foot small secondary waiting-keys" aria-hidden="true">
        <div className="row">
          {t('waiting.next-previous')}
          <span className="push">
            <Keys keys="J+K" />
          </span>
        </div>
        <div className="row">
          {t('waiting.compare')}
          <span className="push">
            <Keys keys="D" />
          </span>
        </div>
        <div className="row">
          {t('waiting.decide')}
          <span className="push">
            <Keys keys="A+N+C" />
          </span>
        </div>
      </div>
    </section>
  )
}

function Thumb({ project, item }: { readonly project: string; readonly item: ItemSummary | undefined }) {
  if (item?.picture)
    return (
      <span className="thumb wait-thumb">
        <img src={pictureUrl(project, item.picture, 160)} alt="" />
      </span>
    )
  return (
    <span className="wait-icon">
      <Icon name={kindIcons[item?.kind ?? 'text']} />
    </span>
  )
}
