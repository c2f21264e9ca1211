import './copies.css'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { t } from '../../messages/t.js'
import { projectNotice } from '../../state/notice.js'
import { useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Note } from '../../ui/note.js'

/** What was just done to the project as a whole, with the way back while it is the last thing that was done. */
export function ProjectNote({ project }: { readonly project: string }) {
  const notice = useStore(projectNotice)
  const history = useQuery({ ...studio.projects.history.queryOptions({ input: { project } }), placeholderData: keepPreviousData })
  const undo = useMutation(
    studio.projects.undo.mutationOptions({
      onSuccess: () => projectNotice.set({ project, words: t('merged.undone'), actions: [] }),
    }),
  )
  if (!notice || notice.project !== project) return null
  if (notice.error) return <ErrorNotice error={notice.error} onClose={() => projectNotice.set(null)} />
  const canUndo = notice.undoes !== undefined && history.data?.undo === notice.undoes
  return (
    <>
      <Note
        icon="check"
        onClose={() => projectNotice.set(null)}
        actions={
          canUndo || notice.actions.length > 0 ? (
            <>
              {notice.actions.map((action) => (
                <Button key={action.name} size="small" onPress={action.run}>
                  {action.name}
                </Button>
              ))}
              {canUndo ? (
                <Button size="small" look="quiet" isDisabled={undo.isPending} onPress={() => undo.mutate({ project })}>
                  {t('general.undo')}
                </Button>
              ) : null}
            </>
          ) : undefined
        }
      >
        {notice.words}
      </Note>
      {undo.error ? <ErrorNotice error={undo.error} onClose={() => undo.reset()} /> : null}
    </>
  )
}
