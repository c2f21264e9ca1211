import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { TextField } from '../../ui/text-field.js'
import { choosePath } from '../chooser/choose.js'

interface NewProjectProps {
  /** Where it is made unless another place is chosen. */
  readonly folder: string
  readonly onClose: () => void
  readonly onCreated: (path: string) => void
}

/** A file name made from a title, for a place that a person chose. Core makes its own in the projects folder. */
export function fileNameOf(title: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be in a name
  const name = title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '')
  return `${name.slice(0, 100) || 'Project'}.galley`
}

export function NewProject({ folder, onClose, onCreated }: NewProjectProps) {
  const [title, setTitle] = useState('')
  const [elsewhere, setElsewhere] = useState<string | null>(null)
  const create = useMutation(studio.projects.create.mutationOptions({
    onSuccess: (project) => { onClose(); onCreated(project.path) },
  }))
  const name = title.trim()
  const path = elsewhere === null || name === '' ? null : `${elsewhere.replace(/[\\/]$/, '')}/${fileNameOf(name)}`

  function submit(): void {
    if (name !== '' && !create.isPending) create.mutate(path === null ? { title: name } : { title: name, path })
  }

  async function choosePlace(): Promise<void> {
    const chosen = await choosePath({ title: t('chooser.place'), kind: 'folder', endings: ['galley'], start: folder })
    if (chosen) setElsewhere(chosen)
  }

  return (
    <Dialog
      title={t('new-project.title')} onClose={onClose} onSubmit={submit}
      foot={<>
        <span className="foot-start"><Button look="quiet" onPress={() => void choosePlace()}>{t('new-project.elsewhere')}</Button></span>
        <Button look="quiet" onPress={onClose}>{t('general.cancel')}</Button>
        <Button look="primary" type="submit" isDisabled={name === '' || create.isPending}>{t('general.create')}</Button>
      </>}
    >
      <TextField
        label={t('new-project.name')} value={title} onChange={setTitle} autoFocus maxLength={300}
        hint={path === null ? t('new-project.name-hint', { folder: elsewhere ?? folder }) : t('new-project.file-hint', { path })}
      />
      {create.error ? <ErrorNotice error={create.error} steps={{ 'try-again': submit }} /> : null}
    </Dialog>
  )
}
