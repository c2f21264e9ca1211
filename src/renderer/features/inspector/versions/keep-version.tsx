import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../../messages/t.js'
import { client } from '../../../studio.js'
import { Button } from '../../../ui/button.js'
import { Dialog } from '../../../ui/dialog.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { TextField } from '../../../ui/text-field.js'
import { flushText } from '../../writing/index.js'

interface KeepVersionProps {
  readonly project: string
  readonly item: string
  readonly onKept: (version: string) => void
}

/** Keeps the draft as a version, with a name where the person gives one. */
export function KeepVersion({ project, item, onKept }: KeepVersionProps) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const keep = useMutation({
    mutationFn: async (given: string) => {
      await flushText(project, item)
      return client.texts.keep(given === '' ? { project, item } : { project, item, name: given })
    },
    onSuccess: ({ version }) => {
      setOpen(false)
      setName('')
      onKept(version)
    },
  })
  const submit = (): void => { if (!keep.isPending) keep.mutate(name.trim()) }
  return (
    <>
      <Button size="small" icon="tag" onPress={() => setOpen(true)}>{t('versions.keep')}</Button>
      <Dialog
        title={t('versions.name-title')} isOpen={isOpen} onClose={() => setOpen(false)} onSubmit={submit}
        foot={<>
          <Button look="quiet" onPress={() => setOpen(false)}>{t('general.cancel')}</Button>
          <Button look="primary" type="submit" isDisabled={keep.isPending}>{t('versions.name-draft')}</Button>
        </>}
      >
        <TextField label={t('versions.name')} value={name} onChange={setName} autoFocus maxLength={300} hint={t('versions.name-text')} />
        {keep.error ? <ErrorNotice error={keep.error} steps={{ 'try-again': submit }} /> : null}
      </Dialog>
    </>
  )
}
