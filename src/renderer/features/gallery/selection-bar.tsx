import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Button, IconButton } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { EnlargeSelection } from '../picture/enlarge/enlarge-selection.js'
import { usePick } from '../picture/use-pick.js'
import { openEntry } from './open-picture.js'
import type { GallerySelection } from './use-selection.js'
import { useSingleKeys } from '../workspace/use-single-keys.js'

interface SelectionBarProps {
  readonly project: ProjectSummary
  readonly selection: GallerySelection
  readonly items: ReadonlyMap<string, ItemSummary>
}

/** What can be done with what is chosen. Only pictures are kept or set aside. */
export function SelectionBar({ project, selection: { chosen, clear }, items }: SelectionBarProps) {
  const { pick, error, forgetError } = usePick(project.handle)
  const entries = [...chosen.values()]
  const [first, second] = entries
  const pictures = entries.filter((entry) => entry.kind === 'picture').map((entry) => entry.version)
  const names = [...new Set(entries.slice(0, 40).map((entry) => items.get(entry.item)?.title ?? t('gallery.untitled')))].slice(0, 3).join(', ')
  const isPair = entries.length === 2 && first?.item === second?.item
  const canMark = !project.readOnly && pictures.length > 0
  const mark = (kept: boolean): void => { if (canMark) pick(pictures, kept) }
  useSingleKeys({ k: () => mark(true), x: () => mark(false) }, 'work')

  function compare(): void {
    if (!first || !second) return
    const [old, fresh] = first.ordinal < second.ordinal ? [first, second] : [second, first]
    showView({ type: 'item', item: first.item, mode: 'compare', old: old.version, fresh: fresh.version })
  }

  return (
    <div className="selection" role="region" aria-label={t('gallery.selection')}>
      {error ? <ErrorNotice error={error} onClose={forgetError} /> : null}
      <span className="strong number">{t('gallery.selected', { count: entries.length })}</span>
      <span className="secondary truncate">{names}</span>
      <span className="gap" />
      {isPair ? <Button icon="compare" onPress={compare}>{t('gallery.compare')}</Button> : null}
      {canMark ? <Button icon="check" keys="K" onPress={() => mark(true)}>{t('picture.keep')}</Button> : null}
      {canMark ? <Button icon="x" keys="X" onPress={() => mark(false)}>{t('picture.set-aside')}</Button> : null}
      {pictures.length > 0 ? <EnlargeSelection project={project} versions={pictures} onAsked={clear} /> : null}
      {entries.length === 1 && first ? <Button onPress={() => openEntry(first)}>{t('gallery.open')}</Button> : null}
      <IconButton icon="x" label={t('gallery.clear')} onPress={clear} />
    </div>
  )
}
