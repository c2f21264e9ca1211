import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Button, IconButton } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { EnlargeSelection } from '../picture/enlarge/enlarge-selection.js'
import { usePick } from '../picture/use-pick.js'
import { openPicture } from './open-picture.js'
import type { GallerySelection } from './use-selection.js'
import { useSingleKeys } from '../workspace/use-single-keys.js'

interface SelectionBarProps {
  readonly project: ProjectSummary
  readonly selection: GallerySelection
  readonly titles: ReadonlyMap<string, string>
}

/** What can be done with the chosen pictures. */
export function SelectionBar({ project, selection: { chosen, clear }, titles }: SelectionBarProps) {
  const { pick, error, forgetError } = usePick(project.handle)
  const pictures = [...chosen.values()]
  const [first, second] = pictures
  const names = [...new Set(pictures.slice(0, 40).map((picture) => titles.get(picture.item) ?? t('gallery.untitled')))].slice(0, 3).join(', ')
  const isPair = pictures.length === 2 && first?.item === second?.item
  const mark = (kept: boolean): void => { if (!project.readOnly) pick([...chosen.keys()], kept) }
  useSingleKeys({ k: () => mark(true), x: () => mark(false) }, 'work')

  function compare(): void {
    if (!first || !second) return
    const [old, fresh] = first.ordinal < second.ordinal ? [first, second] : [second, first]
    showView({ type: 'item', item: first.item, mode: 'compare', old: old.version, fresh: fresh.version })
  }

  return (
    <div className="selection" role="region" aria-label={t('gallery.selection')}>
      {error ? <ErrorNotice error={error} onClose={forgetError} /> : null}
      <span className="strong number">{t('gallery.selected', { count: pictures.length })}</span>
      <span className="secondary truncate">{names}</span>
      <span className="gap" />
      {isPair ? <Button icon="compare" onPress={compare}>{t('gallery.compare')}</Button> : null}
      {project.readOnly ? null : <Button icon="check" keys="K" onPress={() => mark(true)}>{t('picture.keep')}</Button>}
      {project.readOnly ? null : <Button icon="x" keys="X" onPress={() => mark(false)}>{t('picture.set-aside')}</Button>}
      <EnlargeSelection project={project} versions={[...chosen.keys()]} onAsked={clear} />
      {pictures.length === 1 && first ? <Button onPress={() => openPicture(first)}>{t('gallery.open')}</Button> : null}
      <IconButton icon="x" label={t('gallery.clear')} onPress={clear} />
    </div>
  )
}
