import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { formatSize } from '../../format/size.js'
import { formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { explain } from '../../problem.js'
import { useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { TextField } from '../../ui/text-field.js'
import { chooser, type ChooserRequest } from './choose.js'
import './chooser.css'

/** Shows the chooser while something asks for a path. */
export function Chooser() {
  const pending = useStore(chooser)
  return pending ? <ChooserDialog request={pending} onAnswer={pending.answer} /> : null
}

function join(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

function ChooserDialog({ request, onAnswer }: { readonly request: ChooserRequest; readonly onAnswer: (path: string | null) => void }) {
  const [folder, setFolder] = useState<string | undefined>(request.start)
  const [typed, setTyped] = useState<string | null>(null)
  const input = folder === undefined ? { endings: [...request.endings] } : { path: folder, endings: [...request.endings] }
  const listing = useQuery({ ...studio.system.browse.queryOptions({ input }), placeholderData: keepPreviousData, staleTime: 0 })
  const here = listing.data
  // The folder that is only proposed may not have been made yet: then it begins at home, and not with an error.
  if (folder !== undefined && folder === request.start && listing.error && explain(listing.error).code === 'not-found') setFolder(undefined)
  const wantsFile = request.kind === 'file'
  const saves = request.kind === 'save'
  const [name, setName] = useState(request.suggested ?? '')

  // Names differ by case in some file systems only; a hint may say too much.
  const written = request.endings[0] && !name.trim().toLowerCase().endsWith(`.${request.endings[0]}`) ? `${name.trim()}.${request.endings[0]}` : name.trim()
  const isThere = saves && (here?.files.some((file) => file.name.toLowerCase() === written.toLowerCase()) ?? false)
  const isTaken = isThere && request.replaces === false

  function openTyped(): void {
    const path = typed?.trim()
    if (saves) return saveHere()
    if (!path) return wantsFile ? undefined : onAnswer(here?.path ?? null)
    if (wantsFile && request.endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`))) return onAnswer(path)
    setFolder(path)
    setTyped(null)
  }

  /** Enter in the path goes there; the file is written only by the button or from its name. */
  function onPathKey(event: KeyboardEvent): void {
    if (!saves || event.key !== 'Enter') return
    event.preventDefault()
    if (typed?.trim()) setFolder(typed.trim())
    setTyped(null)
  }

  function saveHere(): void {
    const file = name.trim()
    if (isTaken) return
    const [ending] = request.endings
    const into = typed?.trim() || here?.path
    if (into && file !== '') onAnswer(join(into, ending && !file.toLowerCase().endsWith(`.${ending}`) ? `${file}.${ending}` : file))
  }

  function choose(key: string): void {
    if (!here) return
    const [kind, entry = ''] = [key.slice(0, 1), key.slice(1)]
    setTyped(null)
    if (key === '..') setFolder(here.parent ?? here.path)
    else if (kind === 'd') setFolder(join(here.path, entry))
    else if (saves) setName(entry)
    else onAnswer(join(here.path, entry))
  }

  const rows = here ? [
    ...(here.parent === null ? [] : [{ id: '..', icon: 'folder-up' as const, name: t('chooser.up'), note: '' }]),
    ...here.folders.map((name) => ({ id: `d${name}`, icon: 'folder' as const, name, note: '' })),
    ...here.files.map((file) => ({ id: `f${file.name}`, icon: 'file' as const, name: file.name, note: `${formatSize(file.size)}, ${formatWhen(file.modified)}` })),
  ] : []

  return (
    <Dialog
      title={request.title} onClose={() => onAnswer(null)} onSubmit={openTyped}
      foot={<>
        <Button look="quiet" onPress={() => onAnswer(null)}>{t('general.cancel')}</Button>
        {saves ? <Button look="primary" type="submit" isDisabled={!here || name.trim() === '' || isTaken}>{t('general.save')}</Button>
          : wantsFile ? <Button look="primary" type="submit" isDisabled={!typed?.trim()}>{t('general.open')}</Button>
          : <Button look="primary" isDisabled={!here} onPress={() => onAnswer(here?.path ?? null)}>{t('general.choose-folder')}</Button>}
      </>}
    >
      {saves ? <TextField label={t('copies.save-name')} value={name} onChange={setName} autoFocus /> : null}
      {isThere ? <p className="hint chooser-hint" role="status">{isTaken ? t('chooser.taken') : t('chooser.replaces')}</p> : null}
      <TextField label={t('chooser.path')} value={typed ?? here?.path ?? ''} onChange={setTyped} onKeyDown={onPathKey} />
      {listing.error ? <ErrorNotice error={listing.error} steps={{ 'try-again': () => void listing.refetch() }} /> : null}
      {here ? (
        <ListBox
          className="chooser-list" aria-label={t('chooser.content')} items={rows} onAction={(key) => choose(String(key))}
          renderEmptyState={() => <p className="hint">{t('chooser.nothing')}</p>}
        >
          {(row) => (
            <ListBoxItem id={row.id} textValue={row.name} className="menu-item">
              <Icon name={row.icon} /><span className="truncate">{row.name}</span><span className="push small faint number">{row.note}</span>
            </ListBoxItem>
          )}
        </ListBox>
      ) : listing.error ? null : <Loading text={t('chooser.content')} />}
    </Dialog>
  )
}
