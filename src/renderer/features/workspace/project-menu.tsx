import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { bridge } from '../../shell.js'
import { overlay } from '../../state/overlay.js'
import { goTo } from '../../state/route.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Menu, type MenuEntry } from '../../ui/menu.js'
import { TextField } from '../../ui/text-field.js'
import { openCopy, saveCopy } from '../copies/index.js'
import { exportDialog, exportTexts } from '../exporting/index.js'

/** The project's name, and what can be done with the project as a whole. */
export function ProjectMenu({ project }: { readonly project: ProjectSummary }) {
  const [isRenaming, setRenaming] = useState(false)
  const close = useMutation(studio.projects.close.mutationOptions({ onSuccess: () => goTo({ screen: 'welcome' }) }))
  const showInFolder = bridge()?.showInFolder

  const entries: (MenuEntry | 'rule')[] = [
    { id: 'rename', name: t('workspace.rename-project'), icon: 'pen', isDisabled: project.readOnly, run: () => setRenaming(true) },
    { id: 'export-all', name: t('export-all.name'), icon: 'export', run: () => exportDialog.set(true) },
    { id: 'export', name: t('workspace.export-markdown'), icon: 'text', run: () => void exportTexts(project) },
    { id: 'save-copy', name: t('copies.save'), icon: 'copy', run: () => void saveCopy(project) },
    { id: 'open-copy', name: t('copies.open'), icon: 'merge', isDisabled: project.readOnly, run: () => void openCopy() },
    ...(showInFolder ? [{ id: 'show', name: t('workspace.show-in-folder'), icon: 'folder' as const, run: () => void showInFolder(project.path) }] : []),
    'rule',
    { id: 'settings', name: t('workspace.settings'), icon: 'settings', run: () => overlay.set('settings') },
    'rule',
    { id: 'close', name: t('workspace.close-project'), icon: 'x', run: () => close.mutate({ project: project.handle }) },
  ]
  return (
    <>
      <Menu label={t('workspace.project-menu', { name: project.title })} entries={entries}>
        <AriaButton className="project-name" aria-label={t('workspace.project-menu', { name: project.title })}>
          <span className="truncate">{project.title}</span><Icon name="down" small />
        </AriaButton>
      </Menu>
      {isRenaming ? <RenameProject project={project} onClose={() => setRenaming(false)} /> : null}
      {close.error ? <Dialog title={t('workspace.close-project')} onClose={() => close.reset()}><ErrorNotice error={close.error} /></Dialog> : null}
    </>
  )
}

function RenameProject({ project, onClose }: { readonly project: ProjectSummary; readonly onClose: () => void }) {
  const [title, setTitle] = useState(project.title)
  const rename = useMutation(studio.projects.rename.mutationOptions({ onSuccess: onClose }))
  const submit = (): void => { if (title.trim() !== '') rename.mutate({ project: project.handle, title: title.trim() }) }
  return (
    <Dialog
      title={t('workspace.rename-project-title')} onClose={onClose} onSubmit={submit}
      foot={<>
        <Button look="quiet" onPress={onClose}>{t('general.cancel')}</Button>
        <Button look="primary" type="submit" isDisabled={title.trim() === '' || rename.isPending}>{t('general.rename')}</Button>
      </>}
    >
      <TextField label={t('new-project.name')} value={title} onChange={setTitle} autoFocus maxLength={300} />
      {rename.error ? <ErrorNotice error={rename.error} steps={{ 'try-again': submit }} /> : null}
    </Dialog>
  )
}
