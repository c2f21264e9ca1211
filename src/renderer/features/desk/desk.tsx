import { useEffect, useMemo, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { searchEverything } from '../../state/overlay.js'
import { showView, type View } from '../../state/route.js'
import { Button, IconButton } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Keys } from '../../ui/keys.js'
import { Loading } from '../../ui/loading.js'
import { Menu } from '../../ui/menu.js'
import { Note } from '../../ui/note.js'
import { SearchField } from '../../ui/text-field.js'
import { openCopy } from '../copies/index.js'
import { WaitingRow } from '../review-desk/index.js'
import { BringInButton } from '../bring-in/bring-in-button.js'
import { beginIn, beginWork } from './begin-work.js'
import { DeskHits, mostOnDesk } from '../search/desk-hits.js'
import { useFound } from '../search/use-found.js'
import { deskCommand } from './command.js'
import { DeskTree } from './desk-tree.js'
import { RenameField } from './rename-field.js'
import { countItems, filterTree, findNode, type DeskNode } from './tree.js'
import { useDeskActions } from './use-desk-actions.js'
import './desk.css'

/** How long "set aside" can be taken back beside the desk, in milliseconds; undo in the title bar stays. */
const wayBack = 8000

const ignore = (): void => undefined

interface DeskProps {
  readonly project: string
  readonly readOnly: boolean
  readonly view: View
}

export function Desk({ project, readOnly, view }: DeskProps) {
  const { query, tree } = useDesk(project)
  const [words, setWords] = useState('')
  const [renaming, setRenaming] = useState<string | null>(null)
  const [removed, setRemoved] = useState<DeskNode | null>(null)
  const [created, setCreated] = useState<string | null>(null)
  const actions = useDeskActions(project, (id) => { setRenaming(id); setCreated(id) })
  const rows = useMemo(() => filterTree(tree, words), [tree, words])
  const found = useFound(project, words.trim(), mostOnDesk)
  const isSearching = found.isPending || found.isMeaningPending
  const isNothingFound = tree.length > 0 && rows.length === 0 && !isSearching && found.words.length + found.meaning.length === 0
  const shown = view.type === 'item' || view.type === 'lineage' ? (view.item ?? null) : null
  const [chosen, setChosen] = useState<{ row: string; shown: string | null } | null>(null)
  // The folder that a person is on, else that of the item which is shown. Whoever went to an item by another way is there.
  const on = chosen !== null && chosen.shown === shown ? findNode(tree, chosen.row) : null
  const around = shown ? (findNode(tree, shown)?.parent ?? null) : null
  const here = on && !on.item ? on.id : around
  // A second folder stands beside the first, not in it.
  const besides = on && !on.item ? on.parent : around
  const [row, setRow] = useState<Element | null>(null)
  const renamed = renaming ? findNode(tree, renaming) : null

  const fileButton = useRef<HTMLSpanElement>(null)
  const creators = { text: actions.createText, picture: actions.createPicture, folder: actions.createFolder }
  useEffect(() => deskCommand.listen((command) => {
    if (command === 'bring-in') fileButton.current?.querySelector<HTMLElement>('button')?.click()
    else creators[command](command === 'folder' ? besides : here)
  }))
  useEffect(() => {
    if (!removed) return
    const timer = setTimeout(() => setRemoved(null), wayBack)
    return () => clearTimeout(timer)
  }, [removed])

  function nameIt(node: DeskNode, title: string | null, byEnter: boolean): void {
    setRenaming(null)
    if (title !== null) actions.rename(node.id, title)
    if (byEnter && node.id === created) {
      if (node.item) beginWork(node.item)
      else beginIn(node.id)
    }
    setCreated(null)
  }

  function remove(node: DeskNode): void {
    if (readOnly) return
    actions.remove(node.id, () => {
      setRemoved(node)
      if (node.id === shown) showView({ type: 'none' })
    })
  }

  return (
    <>
      <div className="pane-scroll">
        <div className="tree desk-places">
          <WaitingRow project={project} isShown={view.type === 'review'} />
          <AriaButton className="tree-row" aria-current={view.type === 'gallery' ? 'page' : undefined} onPress={() => showView({ type: 'gallery' })}>
            <Icon name="gallery" /><span className="name">{t('desk.gallery')}</span>
          </AriaButton>
          <AriaButton className="tree-row" aria-current={view.type === 'lineage' ? 'page' : undefined} onPress={() => showView(shown ? { type: 'lineage', item: shown } : { type: 'lineage' })}>
            <Icon name="lineage" /><span className="name">{t('desk.lineage')}</span>
          </AriaButton>
          <AriaButton className="tree-row" aria-current={view.type === 'models' ? 'page' : undefined} onPress={() => showView({ type: 'models' })}>
            <Icon name="models" /><span className="name">{t('workspace.models')}</span>
          </AriaButton>
        </div>
        <hr />
        <div className="desk-filter">
          <SearchField label={t('desk.filter')} value={words} onChange={setWords} onSubmit={searchEverything} />
          {words.trim() === '' ? null : (
            <AriaButton className="desk-everywhere" onPress={() => searchEverything(words.trim())}>
              <Icon name="search" small /><span className="truncate">{t('desk.search-everything')}</span><span className="push"><Keys keys="Enter" /></span>
            </AriaButton>
          )}
        </div>
        {query.isPending ? <Loading text={t('desk.loading')} /> : null}
        {query.error && !query.data ? <div className="desk-note"><ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} /></div> : null}
        {query.data && tree.length === 0 ? (
          <p className="desk-empty small secondary">{t('desk.empty-here')}</p>
        ) : null}
        {isNothingFound ? (
          <EmptyState title={t('palette.nothing', { words: words.trim() })} actions={<Button size="small" look="quiet" onPress={() => setWords('')}>{t('desk.filter-clear')}</Button>}>
            {t('desk.filter-none-text', { count: countItems(tree) })}
          </EmptyState>
        ) : null}
        {rows.length > 0 ? (
          <DeskTree tree={tree} rows={rows} isFiltered={words.trim() !== ''} readOnly={readOnly} shown={shown} named={readOnly ? null : renaming} onNamed={setRow} onChosen={(id) => setChosen({ row: id, shown })} onMove={actions.move} onRename={readOnly ? ignore : setRenaming} onRemove={remove} />
        ) : null}
        {words.trim() === '' ? null : <DeskHits found={found} />}
      </div>
      {row && renamed ? (
        <RenameField key={renamed.id} row={row} title={renamed.title} onDone={(title, byEnter) => nameIt(renamed, title, byEnter)} />
      ) : null}
      {removed ? (
        <div className="desk-note">
          <Note actions={<Button size="small" look="quiet" onPress={() => actions.undo(() => setRemoved(null))}>{t('general.undo')}</Button>} onClose={() => setRemoved(null)}>
            {t('desk.removed', { title: removed.title })}
          </Note>
        </div>
      ) : null}
      {actions.error ? <div className="desk-note"><ErrorNotice error={actions.error} onClose={actions.forgetError} /></div> : null}
      <div className="pane-foot desk-foot">
        <Menu
          label={t('desk.new-item')} placement="top start"
          entries={[
            { id: 'text', name: t('desk.new-text'), icon: 'text', run: () => actions.createText(here) },
            { id: 'picture', name: t('desk.new-picture'), icon: 'image', run: () => actions.createPicture(here) },
            { id: 'folder', name: t('desk.new-folder'), icon: 'folder-new', run: () => actions.createFolder(besides) },
          ]}
        >
          <AriaButton className="desk-new" isDisabled={readOnly}><Icon name="plus" />{t('desk.new-item')}</AriaButton>
        </Menu>
        <span ref={fileButton} className="push desk-foot-acts"><BringInButton project={project} folder={here} isDisabled={readOnly} /><IconButton icon="merge" label={t('copies.open')} isDisabled={readOnly} onPress={() => void openCopy()} /></span>
      </div>
    </>
  )
}
