import { useState } from 'react'
import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useRemembered } from '../../state/layout.js'
import { showView } from '../../state/route.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { Loading } from '../../ui/loading.js'
import { Note } from '../../ui/note.js'
import './copies.css'
import { useVersions } from '../inspector/versions/use-versions.js'
import { CombinePicture } from './combine-picture.js'
import { CombineText } from './combine-text.js'

interface CombineProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
}

export function Combine({ project, item }: CombineProps) {
  // The last pair leaves one head before the view changes: that is no reason to say so.
  const [isDone, setDone] = useState(false)
  if (isDone) return <Loading text={t('combine.reading')} />
  if (item.heads.length < 2) {
    return (
      <div className="work-middle">
        <EmptyState
          title={t('combine.only-one')}
          actions={
            <Button size="small" onPress={() => showView({ type: 'item', item: item.id })}>
              {t('combine.open')}
            </Button>
          }
        >
          {t('combine.only-one-text')}
        </EmptyState>
      </div>
    )
  }
  return item.kind === 'text' ? <CombineText key={item.id} project={project} item={item} onDone={() => { setDone(true); showView({ type: 'item', item: item.id }) }} /> : <CombinePicture project={project} item={item} />
}

/** Says in the item itself that nobody has combined its heads yet. */
export function TwoHeads({ project, item }: CombineProps) {
  if (item.heads.length < 2) return null
  return item.kind === 'text' ? <HeadsNote item={item} isReadOnly={project.readOnly} /> : <Siblings project={project} item={item} />
}

/** Pictures made beside each other are siblings by nature; only what another person made is worth a word, until it was seen. */
function Siblings({ project, item }: CombineProps) {
  const { versions } = useVersions(project.handle, item.id)
  const [seen, setSeen] = useRemembered(`siblings.${item.id}`, '')
  const heads = versions.filter(({ id }) => item.heads.includes(id))
  const newest = heads[0]?.id ?? ''
  if (new Set(heads.map(({ person }) => person.id)).size < 2 || seen === newest) return null
  return <HeadsNote item={item} isReadOnly={project.readOnly} onClose={() => setSeen(newest)} />
}

interface HeadsNoteProps {
  readonly item: ItemSummary
  readonly isReadOnly: boolean
  readonly onClose?: () => void
}

function HeadsNote({ item, isReadOnly, onClose }: HeadsNoteProps) {
  return (
    <div className="heads-notice">
      <Note
        icon="merge"
        warn
        {...(onClose ? { onClose } : {})}
        actions={
          isReadOnly ? null : (
            <Button size="small" onPress={() => showView({ type: 'item', item: item.id, mode: 'combine' })}>
              {t(item.kind === 'text' ? 'heads.combine' : 'heads.choose')}
            </Button>
          )
        }
      >
        {item.kind === 'text' ? t('heads.two', { count: item.heads.length }) : t('heads.siblings')}
      </Note>
    </div>
  )
}
