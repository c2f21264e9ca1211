import { useMutation } from '@tanstack/react-query'
import { StudioError } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Note } from '../../ui/note.js'
import { beginTour } from '../tour/index.js'

/** Opens a copy of the sample project that came with the studio. */
export function OpenSample({ onOpened, isQuiet = false }: { readonly onOpened: (path: string) => void; readonly isQuiet?: boolean }) {
  const open = useMutation(studio.projects.openSample.mutationOptions({
    onSuccess: ({ path }) => { beginTour(path); onOpened(path) },
  }))
  const isMissing = open.error instanceof StudioError && open.error.code === 'not-found'
  return (
    <>
      <Button look={isQuiet ? 'quiet' : 'plain'} isDisabled={open.isPending} onPress={() => open.mutate(undefined)}>{t('sample.open')}</Button>
      {isMissing ? <Note warn>{t('sample.missing')}</Note> : null}
      {open.error && !isMissing ? <ErrorNotice error={open.error} steps={{ 'try-again': () => open.mutate(undefined) }} /> : null}
    </>
  )
}
