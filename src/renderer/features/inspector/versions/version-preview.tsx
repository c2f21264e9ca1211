import { useQuery } from '@tanstack/react-query'
import type { VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { studio } from '../../../studio.js'
import { Button } from '../../../ui/button.js'
import { Dialog } from '../../../ui/dialog.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Loading } from '../../../ui/loading.js'
import { DocumentView } from './document-view.js'

interface VersionPreviewProps {
  readonly project: string
  readonly version: VersionSummary
  readonly title: string
  readonly onClose: () => void
  readonly onRestore: (() => void) | null
}

/** The text of a version, to read. */
export function VersionPreview({ project, version, title, onClose, onRestore }: VersionPreviewProps) {
  const text = useQuery(studio.items.versionText.queryOptions({ input: { project, version: version.id } }))
  return (
    <Dialog
      title={t('versions.preview-title', { number: version.ordinal, title })} wide onClose={onClose}
      foot={<>
        {onRestore ? <Button onPress={onRestore}>{t('versions.restore')}</Button> : null}
        <Button look="primary" onPress={onClose}>{t('general.close')}</Button>
      </>}
    >
      {text.isPending ? <Loading text={t('versions.list')} /> : null}
      {text.error ? <ErrorNotice error={text.error} steps={{ 'try-again': () => void text.refetch() }} /> : null}
      {text.data ? <DocumentView doc={text.data.doc} /> : null}
    </Dialog>
  )
}
