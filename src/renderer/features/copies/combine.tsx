import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { Note } from '../../ui/note.js'
import './copies.css'
import { CombinePicture } from './combine-picture.js'
import { CombineText } from './combine-text.js'

interface CombineProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
}

export function Combine({ project, item }: CombineProps) {
  if (item.heads.length < 2) {
    return <div className="work-middle"><EmptyState title={t('combine.only-one')} actions={<Button size="small" onPress={() => showView({ type: 'item', item: item.id })}>{t('combine.open')}</Button>}>{t('combine.only-one-text')}</EmptyState></div>
  }
  return item.kind === 'text' ? <CombineText project={project} item={item} /> : <CombinePicture project={project} item={item} />
}

/** Says in the item itself that nobody has combined its heads yet. */
export function TwoHeads({ item, isReadOnly }: { readonly item: ItemSummary; readonly isReadOnly: boolean }) {
  if (item.heads.length < 2) return null
  return (
    <div className="heads-notice">
      <Note icon="merge" warn actions={isReadOnly ? null : <Button size="small" onPress={() => showView({ type: 'item', item: item.id, mode: 'combine' })}>{t(item.kind === 'text' ? 'heads.combine' : 'heads.choose')}</Button>}>
        {t('heads.two', { count: item.heads.length })}
      </Note>
    </div>
  )
}
