import { useMutation } from '@tanstack/react-query'
import type { ProjectSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Button } from '../../../ui/button.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Note } from '../../../ui/note.js'
import { enlarge } from './enlarging.js'
import { useEnlargement } from './use-enlarging.js'

/** As many as one call takes. */
const most = 100

interface EnlargeSelectionProps {
  readonly project: ProjectSummary
  readonly versions: readonly string[]
  /** All of them are in the queue. */
  readonly onAsked: () => void
}

/** Has all chosen pictures enlarged, one job each; says how many were refused. */
export function EnlargeSelection({ project, versions, onAsked }: EnlargeSelectionProps) {
  const enlargement = useEnlargement()
  const ask = useMutation({
    mutationFn: async () => {
      const refused = []
      for (let at = 0; at < versions.length; at += most) refused.push(...(await enlarge(project.handle, versions.slice(at, at + most))).refused)
      return refused.length
    },
    onSuccess: (refused) => { if (refused === 0) onAsked() },
  })
  if (!enlargement || project.readOnly) return null
  return (
    <>
      {ask.error ? <ErrorNotice error={ask.error} onClose={() => ask.reset()} /> : null}
      {ask.data ? <Note icon="info" onClose={() => ask.reset()}>{t('enlarge.refused', { count: ask.data })}</Note> : null}
      <Button icon="enlarge" isDisabled={ask.isPending} onPress={() => ask.mutate()}>{t('enlarge.action', { factor: enlargement.factor })}</Button>
    </>
  )
}
