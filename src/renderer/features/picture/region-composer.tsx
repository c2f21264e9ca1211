import { useMutation } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import type { VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { currentThread } from '../../state/review.js'
import { client } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { TextArea } from '../../ui/text-field.js'
import type { Region } from './region.js'

interface RegionComposerProps {
  readonly project: string
  readonly version: VersionSummary
  readonly region: Region
  readonly onDone: () => void
}

/** A comment on a region of a version: Ctrl+Enter sends it, Escape gives it up. */
export function RegionComposer({ project, version, region, onDone }: RegionComposerProps) {
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: async () => {
      if (version.content.type !== 'blob') return null
      return client.review.comment({ project, item: version.item, version: version.id, text: text.trim(), anchor: { type: 'region', ...region, content: version.content.hash } })
    },
    onSuccess: (made) => {
      if (made) currentThread.set({ thread: made.comment, from: 'text' })
      onDone()
    },
  })
  const submit = (): void => { if (text.trim() !== '' && !send.isPending) send.mutate() }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) submit()
    else if (event.key === 'Escape') onDone()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="comment-card region-composer" onKeyDownCapture={onKeyDown}>
      <TextArea label={t('picture.region-comment')} rows={3} value={text} onChange={setText} autoFocus maxLength={100_000} />
      {send.error ? <ErrorNotice error={send.error} steps={{ 'try-again': submit }} /> : null}
      <div className="row comment-card-acts">
        <Button size="small" isDisabled={text.trim() === '' || send.isPending} onPress={submit}>{t('review.send')}</Button>
        <Button size="small" look="quiet" onPress={onDone}>{t('general.cancel')}</Button>
      </div>
    </div>
  )
}
